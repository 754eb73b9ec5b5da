// MISTAKE   The sudog is filled in, and put on no list.
// WHY       gp->waiting names it. But who comes to the channel looks at its
//           list.
// GETS      A goroutine waits for a channel, and is on no list of it.

    // [lab chan-wait]
    struct sudog *sg = &gp->sudog;

    *sg = (struct sudog){ .g = gp, .c = c, .elem = elem };
    (void)q;
    gp->waiting = sg;
    return (uintptr_t)g_park_with(gp, alone ? NULL : release_one, why);
    // [lab chan-wait]
