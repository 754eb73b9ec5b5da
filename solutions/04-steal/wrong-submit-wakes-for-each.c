// MISTAKE   Somebody is woken for each goroutine that becomes ready.
// WHY       It is ready, and a p is idle. But whoever readies one mostly
//           parks, and runs it here.
// GETS      Somebody is woken for the one that runs next.

    // [lab submit]
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct g *pushed = runq_put_next(&p->runq, gp);


    if (pushed != NULL)
        put_last(p, pushed);
    if (p->runq.alone && !PREEMPTS)
        return;
    if (!atomic_load(&s->watched))
        sysmon_watch(s);
    if (p->runq.alone || atomic_load_relaxed(&p->quick))
        return;
    atomic_fence();                                 // pairs with spin_stop
    wake_one(s);
    // [lab submit]
