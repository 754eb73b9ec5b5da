// MISTAKE   The g is not put on the free list.
// WHY       It has ended, and is not needed any more. But the next go could use
//           it.
// GETS      The next go does not find the g of one that has ended.

    // [lab goexit]
    struct p *p = mp->p;

    // Pairs with proc_count.
    atomic_store_release(&p->ended, atomic_load_relaxed(&p->ended) + 1);
    if (gp->locked_m != NULL)
        take_along(mp, gp);
    g_set_status(gp, G_RUNNING, G_DEAD);
    if (mp->ends)
        p_hand_off(mp);
    // [lab goexit]
