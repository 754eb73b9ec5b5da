// MISTAKE   The new one goes to the end of the ring, too.
// WHY       It is to wait somewhere. But it waits already: it runs next.
// GETS      A goroutine that was readied waits at two places.

    // [lab submit]
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct g *pushed = runq_put_next(&p->runq, gp);


    if (pushed != NULL)
        put_last(p, gp);
    if (p->runq.alone && !PREEMPTS)
        return;
    if (!atomic_load(&s->watched))
        sysmon_watch(s);
    if (pushed == NULL || p->runq.alone || atomic_load_relaxed(&p->quick))
        return;
    atomic_fence();                                 // pairs with spin_stop
    wake_one(s);
    // [lab submit]
