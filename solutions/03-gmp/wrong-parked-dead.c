// MISTAKE   The goroutine is said to be dead.
// WHY       It does nothing any more. But dead is for ever.
// GETS      The stack of a goroutine is used that has ended.

    // [lab park]
    (void)mp;
    g_set_status(gp, G_RUNNING, G_DEAD);
    unlock(gp->parked_on);
    // [lab park]
