// MISTAKE   What it has subtracted stays in the number of readers.
// WHY       atomic_add returns the new value, and that is far below 0.
// GETS      A writer sleeps, and all readers have left.

    // [lab rwmutex-lock]
    struct g *gp = goroutine("go_rwmutex_lock");

    go_mutex_lock(&rw->writers);

    // Pairs with readers that come and go.
    uint32_t n = atomic_add(readers_of(rw), -MAX_READERS);

    if (n != 0 && atomic_add(leaving_of(rw), n) != 0)   // pairs with runlock_slow
        sema_wait(gp, writer_sema(rw), false, WAIT_RWMUTEX_LOCK);
    race_acquire(&rw->reader_sema);
    race_acquire(&rw->writer_sema);
    // [lab rwmutex-lock]
