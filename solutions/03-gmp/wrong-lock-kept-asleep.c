// MISTAKE   The goroutine sleeps, and keeps its lock.
// WHY       A lock is given back by whoever took it. But that one sleeps.
// GETS      The lock that a goroutine came with is not released.

    // [lab park]
    (void)mp;
    g_set_status(gp, G_RUNNING, G_WAITING);
    // [lab park]
