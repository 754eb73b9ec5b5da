// MISTAKE   It is asked before the p is idle.
// WHY       The question seems to belong to the beginning. But this p counts,
//           too.
// GETS      All goroutines wait, and nobody says so.

    // [lab go-idle]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    lock(&s->lock);
    if (atomic_load_relaxed(&s->n_global) == 0 &&
        !atomic_load_relaxed(&s->stopping)) {
        deadlock_check(s);
        mp->p = NULL;
        sched_put_idle(s, p);
        m_push_idle(mp);
    }
    unlock(&s->lock);
    // [lab go-idle]
