// MISTAKE   The status is not changed.
// WHY       It is on the free list, so it is free. But the next go wants to see
//           that it is dead.
// GETS      A goroutine has ended, and is not dead.

    // [lab goexit]
    struct p *p = mp->p;

    // Pairs with proc_count.
    atomic_store_release(&p->ended, atomic_load_relaxed(&p->ended) + 1);
    if (gp->locked_m != NULL)
        take_along(mp, gp);
    gfree_put(mp, gp);
    if (mp->ends)
        p_hand_off(mp);
    // [lab goexit]
