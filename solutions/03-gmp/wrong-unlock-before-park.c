// MISTAKE   The lock is released before the goroutine is G_WAITING.
// WHY       The state is only a word. But whoever gets the lock readies it.
// CHECK     park-two
// GETS      A goroutine is made ready while it still runs.

    // [lab park]
    struct lock *lk = gp->parked_on;

    (void)mp;
    unlock(lk);
    g_set_status(gp, G_RUNNING, G_WAITING);
    // [lab park]
