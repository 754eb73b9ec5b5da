// MISTAKE   A bad time is not counted.
// WHY       Nothing has happened, so there is nothing to note. But then nobody
//           sees that it happens each time.
// GETS      A signal that came at a bad time is not counted.

    // [lab on-preempt]
    struct g *gp = getg();
    if (gp == NULL || gp->m->curg != gp || gp->m->p == NULL)
        return;
    if (here > gp->stack.lo && here < gp->stack.hi)
        return;
    struct p *p = gp->m->p;
    if (!preempt_wanted(p))
        return;
    if (preempt_is_safe(gp, context))
        interrupted_call(context, gp->stack.lo + ROOM);
    (void)count_refused;
    // [lab on-preempt]
