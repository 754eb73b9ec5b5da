// MISTAKE   It sees that nobody looks, and then counts one.
// WHY       One after the other. But two can see it, and then count two.
// GETS      Two are woken at the same moment, and one was enough.

    // [lab wake-one]
    if (atomic_load_relaxed(&s->n_spinning) > 0)
        return;
    // All are busy, and whoever is not any more knows already.
    if (atomic_load_relaxed(&s->n_idle) == 0 &&
        atomic_load_relaxed(&s->need_spinning))
        return;
    atomic_add(&s->n_spinning, 1);
    lock(&s->lock);

    struct p *p = sched_get_idle(s);

    if (p == NULL)
        atomic_store_relaxed(&s->need_spinning, true);
    unlock(&s->lock);
    if (p == NULL) {
        atomic_add(&s->n_spinning, -1);
        return;
    }
    atomic_store_relaxed(&p->spinning, true);
    m_start(p);
    // [lab wake-one]
