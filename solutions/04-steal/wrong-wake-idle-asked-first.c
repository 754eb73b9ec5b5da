// MISTAKE   If no p is idle, it returns at once.
// WHY       Nobody can be woken. But one of those who are busy may be on its
//           way to sleep.
// GETS      No p is idle, and whoever will be is not told to look.

    // [lab wake-one]
    int none = 0;

    if (atomic_load_relaxed(&s->n_spinning) > 0 ||
        atomic_load_relaxed(&s->n_idle) == 0)
        return;
    if (!atomic_cas(&s->n_spinning, &none, 1))      // pairs with m_idle
        return;
    lock(&s->lock);

    struct p *p = sched_get_idle(s);

    unlock(&s->lock);
    if (p == NULL) {
        atomic_add(&s->n_spinning, -1);
        return;
    }
    atomic_store_relaxed(&p->spinning, true);
    m_start(p);
    // [lab wake-one]
