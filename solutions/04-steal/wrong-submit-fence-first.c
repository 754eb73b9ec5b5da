// MISTAKE   The fence comes before the goroutine is put anywhere.
// WHY       It is there. But it orders what comes before it, and nothing has
//           come.
// GETS      Work waits in the ring of a p, and who could run it sleeps.

    // [lab submit]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    atomic_fence();

    struct g *pushed = runq_put_next(&p->runq, gp);

    if (pushed != NULL)
        put_last(p, pushed);
    if (p->runq.alone && !PREEMPTS)
        return;
    if (!atomic_load(&s->watched))
        sysmon_watch(s);
    if (pushed == NULL || p->runq.alone || atomic_load_relaxed(&p->quick))
        return;
    wake_one(s);
    // [lab submit]
