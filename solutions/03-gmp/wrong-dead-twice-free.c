// MISTAKE   A goroutine is put on the free list twice.
// WHY       Once for the p, once for all. But it is one stack.
// CHECK     reuse
// GETS      g_set_status

    // [lab goexit]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    // Pairs with proc_count.
    atomic_store_release(&p->ended, atomic_load_relaxed(&p->ended) + 1);
    if (gp->id == 1) {
        lock(&s->lock);
        s->main_exited = true;
        unlock(&s->lock);
    }

    // Who knows what it did to the thread that it had for itself.
    if (gp->locked_m != NULL) {
        gp->locked_m = NULL;
        gp->locked = 0;
        mp->locked_g = NULL;
        mp->ends = mp != s->m0;
    }
    g_set_status(gp, G_RUNNING, G_DEAD);
    gfree_put(mp, gp);
    gfree_put(mp, gp);
    if (mp->ends)
        p_hand_off(mp);
    // [lab goexit]
