// MISTAKE   It tells readers, and goes in.
// WHY       From here on none comes in. But some are there.
// GETS      All have left, and the RWMutex is not as before.

    // [lab rwmutex-lock]
    struct g *gp = goroutine("go_rwmutex_lock");

    go_mutex_lock(&rw->writers);

    // Pairs with readers that come and go.
    uint32_t n = step_add(readers_of(rw), -MAX_READERS);

    n += MAX_READERS;
    (void)gp;
    (void)n;
    race_acquire(&rw->reader_sema);
    race_acquire(&rw->writer_sema);
    // [lab rwmutex-lock]
