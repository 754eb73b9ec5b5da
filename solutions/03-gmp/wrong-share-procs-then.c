// MISTAKE   The p's that there have been are counted, not those that are.
// WHY       Both numbers stand in the struct. But p's that are stopped come for
//           nothing.
// GETS      A p takes too few from the global queue.

    // [lab global-share]
    share = n / (uint32_t)s->procs_most + 1;
    // [lab global-share]
