// MISTAKE   The sudog does not say whose it is.
// WHY       It lies in the goroutine. But who takes it off the list has only
//           the sudog.
// GETS      Nobody knows whose sudog it is.

    // [lab chan-wait]
    struct sudog *sg = &gp->sudog;

    *sg = (struct sudog){ .c = c, .elem = elem };
    waitq_put(q, sg);
    gp->waiting = sg;
    return (uintptr_t)g_park_with(gp, alone ? NULL : release_one, why);
    // [lab chan-wait]
