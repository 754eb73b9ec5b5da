// MISTAKE   It is looked before the lock is taken.
// WHY       The lock is for writing. But what was seen may be wrong by the time
//           one has it.
// GETS      Who stops the world waits for ever.

    // [lab go-idle]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    if (atomic_load_relaxed(&s->n_global) == 0 &&
        !atomic_load_relaxed(&s->stopping)) {
        lock(&s->lock);
        mp->p = NULL;
        sched_put_idle(s, p);
        m_push_idle(mp);
        deadlock_check(s);
        unlock(&s->lock);
    }
    // [lab go-idle]
