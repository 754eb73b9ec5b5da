// MISTAKE   A p takes one goroutine at a time.
// WHY       It needs only one now. But each comes with a lock that all want.
// GETS      A p takes too few from the global queue.

    // [lab global-share]
    share = 1;
    // [lab global-share]
