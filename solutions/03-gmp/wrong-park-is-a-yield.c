// MISTAKE   It only lets others go first.
// WHY       So it looks again later. But nobody told it to look.
// GETS      A goroutine is made ready twice.

    // [lab park]
    struct lock *lk = gp->parked_on;

    g_set_status(gp, G_RUNNING, G_RUNNABLE);
    proc_put(mp, gp);
    unlock(lk);
    // [lab park]
