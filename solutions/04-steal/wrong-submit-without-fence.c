// MISTAKE   There is no fence between putting and looking.
// WHY       One comes after the other. But a store may be seen later than a
//           load that follows it.
// GETS      Work waits in the ring of a p, and who could run it sleeps.

    // [lab submit]
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct g *pushed = runq_put_next(&p->runq, gp);

    if (pushed != NULL)
        put_last(p, pushed);
    if (p->runq.alone)
        return;
    // If this thread computes for ever now, somebody must see that gp waits.
    if (!atomic_load(&s->watched))
        sysmon_watch(s);
    if (pushed == NULL || atomic_load_relaxed(&p->quick))
        return;
    wake_one(s);
    // [lab submit]
