// MISTAKE   The lock is given back before the goroutine has left its stack.
// WHY       It is on the list, so it will be found. But it is found while it
//           still runs.
// CHECK     sleeps-recv-p2
// GETS      A goroutine is made ready while it still runs.

    // [lab chan-wait]
    struct sudog *sg = &gp->sudog;

    *sg = (struct sudog){ .g = gp, .c = c, .elem = elem };
    waitq_put(q, sg);
    gp->waiting = sg;
    channel_unlock(&c->lock, alone);
    return (uintptr_t)g_park_with(gp, NULL, why);
    // [lab chan-wait]
