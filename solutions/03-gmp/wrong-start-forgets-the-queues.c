// MISTAKE   P's that have something in their queue are made idle.
// WHY       All were stopped, so all can be idle. But what waits there is seen
//           by nobody.
// CHECK     grow
// GETS      The runtime says deadlock, and a goroutine can run.

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
            sched_put_idle(s, p);
        }
        atomic_store(&s->stopping, false);
        if (atomic_load(&s->frozen))                // pairs with proc_freeze
            atomic_store(&s->stopping, true);
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
