// MISTAKE   It goes idle while the world is being stopped.
// WHY       It has nothing to do. But whoever stops the world waits until its
//           p is given up.
// GETS      The world is to be stopped, and an m goes idle.

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
    if (atomic_load_relaxed(&s->n_global) > 0) {
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
