// MISTAKE   A goroutine is put on the free list twice.
// WHY       Once for the p, once for all. But it is one stack.
// CHECK     exit-two
// GETS      A goroutine is made of one that has not ended.

    // [lab goexit]
    struct p *p = mp->p;

    // Pairs with proc_count.
    atomic_store_release(&p->ended, atomic_load_relaxed(&p->ended) + 1);
    if (gp->locked_m != NULL)
        take_along(mp, gp);
    g_set_status(gp, G_RUNNING, G_DEAD);
    gfree_put(mp, gp);
    gfree_put(mp, gp);
    if (mp->ends)
        p_hand_off(mp);
    // [lab goexit]
