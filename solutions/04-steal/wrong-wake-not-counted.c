// MISTAKE   Who is woken counts itself.
// WHY       It knows best when it looks. But until it is awake, everybody
//           wakes one more.
// GETS      Who is woken to look is not counted among those who look.

    // [lab wake-one]
    if (atomic_load_relaxed(&s->n_spinning) > 0)
        return;
    // All are busy, and whoever is not any more knows already.
    if (atomic_load_relaxed(&s->n_idle) == 0 &&
        atomic_load_relaxed(&s->need_spinning))
        return;
    lock(&s->lock);

    struct p *p = sched_get_idle(s);

    if (p == NULL)
        atomic_store_relaxed(&s->need_spinning, true);
    unlock(&s->lock);
    if (p != NULL)
        m_start(p);
    // [lab wake-one]
