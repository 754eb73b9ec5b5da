// MISTAKE   A p without work goes idle, though nobody looks.
// WHY       It has nothing to do. But whoever submits now has found it busy.
// CHECK     hand-off
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
    } else if (runq_length(&p->runq) > 0 ||
               atomic_load_relaxed(&s->n_global) > 0) {
        busy = p;
    } else {
        sched_put_idle(s, p);
        deadlock_check(s);
    }
    unlock(&s->lock);
    if (busy != NULL)
        m_start(busy);
    // [lab hand-off]
