// MISTAKE   Only half of the p's are expected to come.
// WHY       The others seem to be idle. But who is idle comes, too, once it is
//           woken.
// GETS      A p takes too many from the global queue.

    // [lab global-share]
    share = 2 * n / (uint32_t)s->procs + 1;
    // [lab global-share]
