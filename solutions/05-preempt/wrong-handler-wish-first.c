// MISTAKE   The wish is looked at first.
// WHY       Mostly there is none, so that is the cheapest question. But it
//           needs a p.
// GETS      The handler crashes on a thread that has no goroutine.

    // [lab on-preempt]
    struct g *gp = getg();
    struct p *p = gp->m->p;
    if (!preempt_wanted(p))
        return;
    if (gp == NULL || gp->m->curg != gp || gp->m->p == NULL)
        return;
    if (here > gp->stack.lo && here < gp->stack.hi)
        return;
    if (!preempt_is_safe(gp, context) || !interrupted_call(context, gp->stack.lo + ROOM))
        count_refused(p);
    // [lab on-preempt]
