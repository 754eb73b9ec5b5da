// MISTAKE   Whoever is woken has a value.
// WHY       Why else would it be woken? Because the channel was closed.
// GETS      The channel was closed, and who waited is told of a value.

    // [lab chan-wait]
    struct sudog *sg = &gp->sudog;

    *sg = (struct sudog){ .g = gp, .c = c, .elem = elem };
    waitq_put(q, sg);
    gp->waiting = sg;
    g_park_with(gp, alone ? NULL : release_one, why);
    return 1;
    // [lab chan-wait]
