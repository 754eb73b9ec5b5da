// MISTAKE   What the goroutine waits for is not noted.
// WHY       The sudog knows the channel. But g0 has the goroutine only.
// GETS      g0 does not know which lock to give back.

    // [lab chan-wait]
    struct sudog *sg = &gp->sudog;

    *sg = (struct sudog){ .g = gp, .c = c, .elem = elem };
    waitq_put(q, sg);
    return (uintptr_t)g_park_with(gp, alone ? NULL : release_one, why);
    // [lab chan-wait]
