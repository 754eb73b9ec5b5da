// MISTAKE   It looks how many readers are in, and then tells them.
// WHY       Two steps. A reader may come between them, and is not counted.
// GETS      A writer sleeps, and all readers have left.

    // [lab rwmutex-lock]
    struct g *gp = goroutine("go_rwmutex_lock");

    go_mutex_lock(&rw->writers);

    // Pairs with readers that come and go.
    uint32_t n = atomic_load(readers_of(rw));

    atomic_add(readers_of(rw), -MAX_READERS);

    if (n != 0 && atomic_add(leaving_of(rw), n) != 0)   // pairs with runlock_slow
        sema_wait(gp, writer_sema(rw), false, WAIT_RWMUTEX_LOCK);
    race_acquire(&rw->reader_sema);
    race_acquire(&rw->writer_sema);
    // [lab rwmutex-lock]
