// MISTAKE   The sudog does not say where the value is.
// WHY       The other one copies it. But it must know where to.
// GETS      A value was sent, and its receiver has not got it.

    // [lab chan-wait]
    struct sudog *sg = &gp->sudog;

    *sg = (struct sudog){ .g = gp, .c = c };
    (void)elem;
    waitq_put(q, sg);
    gp->waiting = sg;
    return (uintptr_t)g_park_with(gp, alone ? NULL : release_one, why);
    // [lab chan-wait]
