// MISTAKE   A p takes all that is there.
// WHY       It has the lock now, and need not come back. But the others then
//           have nothing.
// GETS      A p takes too many from the global queue.

    // [lab global-share]
    share = n;
    // [lab global-share]
