// MISTAKE   A reader does not wait for the writer.
// WHY       It has counted itself. But the count is below zero: a writer waits,
//           or is in.
// CHECK     rwmutex
// GETS      All have ended, and the RWMutex is not as at the beginning.

    // [lab rwmutex-rlock]
    struct g *gp = goroutine("go_rwmutex_rlock");

    // Pairs with go_rwmutex_lock, and with go_rwmutex_unlock.
    int32_t n = (int32_t)step_add(readers_of(rw), 1);

    (void)n;
    race_acquire(&rw->reader_sema);
    // [lab rwmutex-rlock]
