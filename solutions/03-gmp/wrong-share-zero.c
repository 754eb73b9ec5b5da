// MISTAKE   The quotient alone: with fewer goroutines than p's it is 0.
// WHY       Each gets its part. But a part of less than one is none.
// GETS      A p takes more than the global queue has.

    // [lab global-share]
    share = n / (uint32_t)s->procs;
    // [lab global-share]
