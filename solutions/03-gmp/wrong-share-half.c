// MISTAKE   A p takes half, as from another's queue.
// WHY       Half is right between two. Here all p's come.
// GETS      A p takes too many from the global queue.

    // [lab global-share]
    share = (n + 1) / 2;
    // [lab global-share]
