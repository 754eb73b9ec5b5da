// MISTAKE   It goes back to the run queue, as after each turn.
// WHY       Whoever leaves its stack goes on some day. But not this one.
// GETS      A goroutine that has ended goes on.

    // [lab goexit]
    struct p *p = mp->p;

    // Pairs with proc_count.
    atomic_store_release(&p->ended, atomic_load_relaxed(&p->ended) + 1);
    if (gp->locked_m != NULL)
        take_along(mp, gp);
    g_set_status(gp, G_RUNNING, G_RUNNABLE);
    proc_put(mp, gp);
    if (mp->ends)
        p_hand_off(mp);
    // [lab goexit]
