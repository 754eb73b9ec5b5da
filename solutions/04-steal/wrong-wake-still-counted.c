// MISTAKE   If no p is idle, the count is not taken back.
// WHY       One will look soon. But it will count itself, and until then
//           nobody is woken.
// GETS      More are counted who look than do.

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
    if (p == NULL)
        return;
    atomic_store_relaxed(&p->spinning, true);
    m_start(p);
    // [lab wake-one]
