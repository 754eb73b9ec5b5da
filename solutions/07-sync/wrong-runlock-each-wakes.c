// MISTAKE   Each reader that leaves wakes the writer.
// WHY       It waits for readers. But it waits for all of them.
// CHECK     rwmutex
// GETS      All have ended, and a permit is left.

    // [lab rwmutex-runlock]
    if (n == -1 || n == -MAX_READERS - 1)
        fatal("sync: RUnlock of unlocked RWMutex");
    atomic_add(leaving_of(rw), -1);                     // pairs with go_rwmutex_lock
    sema_grant(writer_sema(rw), false);
    // [lab rwmutex-runlock]
