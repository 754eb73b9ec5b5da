// MISTAKE   The p is not told that it spins.
// WHY       It is counted. But who does not know it never counts itself off.
// GETS      Who is woken does not know that it is counted.

    // [lab wake-one]
    int none = 0;

    if (atomic_load_relaxed(&s->n_spinning) > 0)
        return;
    // All are busy, and whoever is not any more knows already.
    if (atomic_load_relaxed(&s->n_idle) == 0 &&
        atomic_load_relaxed(&s->need_spinning))
        return;
    if (!atomic_cas(&s->n_spinning, &none, 1))      // pairs with m_idle
        return;
    lock(&s->lock);

    struct p *p = sched_get_idle(s);

    if (p == NULL)
        atomic_store_relaxed(&s->need_spinning, true);
    unlock(&s->lock);
    if (p == NULL) {
        atomic_add(&s->n_spinning, -1);
        return;
    }
    m_start(p);
    // [lab wake-one]
