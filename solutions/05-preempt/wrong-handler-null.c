// MISTAKE   What getg returns is used before it is looked at.
// WHY       p is needed below, so it is fetched at once. But on a thread of
//           somebody else there is no g.
// GETS      The handler crashes on a thread that has no goroutine.

    // [lab on-preempt]
    struct g *gp = getg();
    struct p *p = gp->m->p;
    if (gp == NULL || gp->m->curg != gp || gp->m->p == NULL)
        return;
    if (here > gp->stack.lo && here < gp->stack.hi)
        return;
    if (!preempt_wanted(p))
        return;
    if (!preempt_is_safe(gp, context) || !interrupted_call(context, gp->stack.lo + ROOM))
        count_refused(p);
    // [lab on-preempt]
