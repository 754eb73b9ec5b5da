// MISTAKE   Nobody looks at the global queue again.
// WHY       It was empty a moment ago. But somebody has put something there
//           since, and found nobody idle.
// GETS      A goroutine waits in the global queue, and a p is idle.

    // [lab go-idle]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    lock(&s->lock);
    if (!atomic_load_relaxed(&s->stopping)) {
        mp->p = NULL;
        sched_put_idle(s, p);
        m_push_idle(mp);
        deadlock_check(s);
    }
    unlock(&s->lock);
    // [lab go-idle]
