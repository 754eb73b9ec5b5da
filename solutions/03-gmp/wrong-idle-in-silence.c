// MISTAKE   Nobody asks whether all are idle now.
// WHY       Somebody else will. But this may have been the last one.
// GETS      All goroutines wait, and nobody says so.

    // [lab go-idle]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    lock(&s->lock);
    if (atomic_load_relaxed(&s->n_global) == 0 &&
        !atomic_load_relaxed(&s->stopping)) {
        mp->p = NULL;
        sched_put_idle(s, p);
        m_push_idle(mp);
    }
    unlock(&s->lock);
    // [lab go-idle]
