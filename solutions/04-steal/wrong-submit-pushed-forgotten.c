// MISTAKE   Nobody cares for the one who should have run next.
// WHY       The new one has its place. But then the other one has none, and
//           is lost.
// GETS      Of the goroutines that were readied one is missing, or too many.

    // [lab submit]
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct g *pushed = runq_put_next(&p->runq, gp);


    if (p->runq.alone && !PREEMPTS)
        return;
    if (!atomic_load(&s->watched))
        sysmon_watch(s);
    if (pushed == NULL || p->runq.alone || atomic_load_relaxed(&p->quick))
        return;
    atomic_fence();                                 // pairs with spin_stop
    wake_one(s);
    // [lab submit]
