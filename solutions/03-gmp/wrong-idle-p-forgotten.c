// MISTAKE   The p is given up, and is on no list.
// WHY       The m sleeps without it. But nobody finds it again.
// GETS      All goroutines wait, and nobody says so.

    // [lab go-idle]
    struct sched *s = mp->p->sched;

    lock(&s->lock);
    if (atomic_load_relaxed(&s->n_global) == 0 &&
        !atomic_load_relaxed(&s->stopping)) {
        mp->p = NULL;
        m_push_idle(mp);
        deadlock_check(s);
    }
    unlock(&s->lock);
    // [lab go-idle]
