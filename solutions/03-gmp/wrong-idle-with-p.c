// MISTAKE   The m keeps the p that is idle.
// WHY       It will get it back. But somebody else may get it first, and then
//           two have it.
// GETS      Deadlock is said, and somebody can go on.

    // [lab go-idle]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    lock(&s->lock);
    if (atomic_load_relaxed(&s->n_global) == 0 &&
        !atomic_load_relaxed(&s->stopping)) {
        sched_put_idle(s, p);
        m_push_idle(mp);
        deadlock_check(s);
    }
    unlock(&s->lock);
    // [lab go-idle]
