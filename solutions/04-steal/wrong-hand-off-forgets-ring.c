// MISTAKE   The p's own queue is forgotten when it is handed over.
// WHY       The m has stopped. But what waits in the queue belongs to the p.
// CHECK     hand-work
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab hand-off]
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct p *busy = NULL;

    // Already chosen, but not by whoever comes now. There is room: nobody is
    // chosen unless the ring is empty.
    if (p->next_g != NULL)
        runq_put(&p->runq, p->next_g);
    p->next_g = NULL;
    lock(&s->lock);
    mp->p = NULL;
    if (atomic_load_relaxed(&s->stopping)) {
        stopped(s, p);
    } else if (atomic_load_relaxed(&s->n_global) > 0) {
        busy = p;
    } else {
        sched_put_idle(s, p);
        deadlock_check(s);
    }
    unlock(&s->lock);
    if (busy != NULL)
        m_start(busy);
    // [lab hand-off]
