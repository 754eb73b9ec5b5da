// MISTAKE   It looks once more, and then says that it does not look any more.
// WHY       So it need not take that back. But what comes in between is
//           nobody's.
// GETS      Work waits in the ring of a p, and who looked for it sleeps.

    // [lab park-m]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    if (atomic_load_relaxed(&p->spinning)) {
        if (work_waits(s))
            return;
        spin_stop(p);                               // pairs with proc_put
    }
    lock(&s->lock);
    if (atomic_load_relaxed(&s->n_global) > 0 ||
        atomic_load_relaxed(&s->stopping)) {
        // Look there.
    } else if (atomic_load_relaxed(&s->need_spinning)) {
        atomic_store_relaxed(&p->spinning, true);
        atomic_add(&s->n_spinning, 1);              // pairs with wake_one
        atomic_store_relaxed(&s->need_spinning, false);
    } else {
        mp->p = NULL;
        sched_put_idle(s, p);
        m_push_idle(mp);
        deadlock_check(s);
    }
    unlock(&s->lock);
    // [lab park-m]
