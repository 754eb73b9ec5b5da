// MISTAKE   The next writer is let in before the readers are.
// WHY       All are let in in the end. But he subtracts from the count, before
//           this writer has given it back.
// CHECK     rwmutex-writers
// GETS      The runtime ends the process: fatal error: sync: Unlock of unlocked RWMutex

    // [lab rwmutex-unlock]
    goroutine("go_rwmutex_unlock");

    go_mutex_unlock(&rw->writers);
    race_release(&rw->reader_sema);

    // Pairs with go_rwmutex_rlock.
    int32_t n = (int32_t)step_add(readers_of(rw), MAX_READERS);

    if (n >= MAX_READERS || n < 0)
        fatal("sync: Unlock of unlocked RWMutex");
    for (; n > 0; n--)
        sema_grant(reader_sema(rw), false);
    // [lab rwmutex-unlock]
