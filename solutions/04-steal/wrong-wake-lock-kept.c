// MISTAKE   Without an idle p it returns with the lock.
// WHY       There is nothing to do any more. But the lock is there, and
//           everybody wants it.
// GETS      The lock of the scheduler is not given back.

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

    if (p == NULL) {
        atomic_store_relaxed(&s->need_spinning, true);
        atomic_add(&s->n_spinning, -1);
        return;
    }
    unlock(&s->lock);
    atomic_store_relaxed(&p->spinning, true);
    m_start(p);
    // [lab wake-one]
