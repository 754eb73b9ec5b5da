// MISTAKE   It sleeps whenever readers were in.
// WHY       Somebody will wake it: the last of them. If that one has not left
//           already.
// GETS      A writer sleeps, and all readers have left.

    // [lab rwmutex-lock]
    struct g *gp = goroutine("go_rwmutex_lock");

    go_mutex_lock(&rw->writers);

    // Pairs with readers that come and go.
    uint32_t n = step_add(readers_of(rw), -MAX_READERS);

    n += MAX_READERS;
    atomic_add(leaving_of(rw), n);
    if (n != 0)
        sema_wait(gp, writer_sema(rw), false, WAIT_RWMUTEX_LOCK);
    race_acquire(&rw->reader_sema);
    race_acquire(&rw->writer_sema);
    // [lab rwmutex-lock]
