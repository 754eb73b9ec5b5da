// MISTAKE   A reader that has waited counts itself once more.
// WHY       It was counted when it came, and the writer has let that count.
// CHECK     rwmutex
// GETS      All have ended, and the RWMutex is not as at the beginning.

    // [lab rwmutex-rlock]
    struct g *gp = goroutine("go_rwmutex_rlock");

    // Pairs with go_rwmutex_lock, and with go_rwmutex_unlock.
    int32_t n = (int32_t)step_add(readers_of(rw), 1);

    if (n < 0) {
        sema_wait(gp, reader_sema(rw), false, WAIT_RWMUTEX_RLOCK);
        atomic_add(readers_of(rw), 1);
    }
    race_acquire(&rw->reader_sema);
    // [lab rwmutex-rlock]
