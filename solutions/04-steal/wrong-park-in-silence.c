// MISTAKE   Nobody asks whether that was the last p.
// WHY       It only goes to sleep. But if all do, nobody will ever wake them.
// GETS      All goroutines wait, and nobody says so.

    // [lab park-m]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    if (atomic_load_relaxed(&p->spinning)) {
        spin_stop(p);                               // pairs with proc_put
        if (work_waits(s)) {
            atomic_store_relaxed(&p->spinning, true);
            atomic_add(&s->n_spinning, 1);
            return;
        }
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
    }
    unlock(&s->lock);
    // [lab park-m]
