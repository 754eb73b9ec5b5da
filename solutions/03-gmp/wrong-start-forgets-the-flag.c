// MISTAKE   The flag stays up when the world is started.
// WHY       The threads are woken. But each looks at the flag first.
// CHECK     stop
// GETS      It never ends: 20000 steps, and it still goes on.

    // [lab start-the-world]
    struct sched *s = mp->p->sched;
    struct p *busy = NULL, *p;

    lock(&s->lock);
    s->stopper = NULL;
    if (!s->ended) {
        for (int i = s->procs - 1; i >= 0; i--) {
            p = &s->p[i];
            if (p == mp->p)
                continue;
            if (runq_length(&p->runq) == 0) {
                sched_put_idle(s, p);
                continue;
            }
            p->status = P_RUNNING;
            p->next = busy;
            busy = p;
        }
    }
    p = atomic_load_relaxed(&s->n_global) > 0 ? sched_get_idle(s) : NULL;
    unlock(&s->lock);

    if (p != NULL)
        m_start(p);
    while ((p = busy) != NULL) {
        busy = p->next;
        m_start(p);
    }
    // [lab start-the-world]
