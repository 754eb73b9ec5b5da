// MISTAKE   The mutex of the writers is not taken.
// WHY       A writer sees in `readers` that another is there. But it does not
//           wait for that one.
// GETS      A writer has not locked the mutex of the writers.

    // [lab rwmutex-lock]
    struct g *gp = goroutine("go_rwmutex_lock");


    // Pairs with readers that come and go.
    uint32_t n = step_add(readers_of(rw), -MAX_READERS);

    n += MAX_READERS;
    if (n != 0 && atomic_add(leaving_of(rw), n) != 0)   // pairs with runlock_slow
        sema_wait(gp, writer_sema(rw), false, WAIT_RWMUTEX_LOCK);
    race_acquire(&rw->reader_sema);
    race_acquire(&rw->writer_sema);
    // [lab rwmutex-lock]
