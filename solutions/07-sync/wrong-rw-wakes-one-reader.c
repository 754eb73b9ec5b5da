// MISTAKE   One reader is let in, and not all.
// WHY       As with a mutex. But the others count as being in, and nobody wakes
//           them.
// CHECK     rwmutex
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab rwmutex-unlock]
    goroutine("go_rwmutex_unlock");

    race_release(&rw->reader_sema);

    // Pairs with go_rwmutex_rlock.
    int32_t n = (int32_t)step_add(readers_of(rw), MAX_READERS);

    if (n >= MAX_READERS || n < 0)
        fatal("sync: Unlock of unlocked RWMutex");
    if (n > 0)
        sema_grant(reader_sema(rw), false);
    go_mutex_unlock(&rw->writers);
    // [lab rwmutex-unlock]
