// MISTAKE   A thread that ends keeps its p.
// WHY       It ends, so its p is free. But somebody must know.
// GETS      A thread ends, and takes its p along.

    // [lab goexit]
    struct p *p = mp->p;

    // Pairs with proc_count.
    atomic_store_release(&p->ended, atomic_load_relaxed(&p->ended) + 1);
    if (gp->locked_m != NULL)
        take_along(mp, gp);
    g_set_status(gp, G_RUNNING, G_DEAD);
    gfree_put(mp, gp);
    // [lab goexit]
