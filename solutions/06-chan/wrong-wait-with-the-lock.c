// MISTAKE   Nobody gives back the lock of who parks.
// WHY       g_park_with does it. But only what it is given.
// GETS      The lock of the channel is never given back.

    // [lab chan-wait]
    struct sudog *sg = &gp->sudog;

    *sg = (struct sudog){ .g = gp, .c = c, .elem = elem };
    waitq_put(q, sg);
    gp->waiting = sg;
    (void)alone;
    return (uintptr_t)g_park_with(gp, NULL, why);
    // [lab chan-wait]
