// MISTAKE   Sysmon is told only when somebody is woken.
// WHY       Then there is work for others. But the one that runs next may
//           wait for ever, and it is alone.
// GETS      A goroutine waits, and sysmon does not know.

    // [lab submit]
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct g *pushed = runq_put_next(&p->runq, gp);


    if (pushed != NULL)
        put_last(p, pushed);
    if (p->runq.alone && !PREEMPTS)
        return;
    if (pushed == NULL || p->runq.alone || atomic_load_relaxed(&p->quick))
        return;
    if (!atomic_load(&s->watched))
        sysmon_watch(s);
    atomic_fence();                                 // pairs with spin_stop
    wake_one(s);
    // [lab submit]
