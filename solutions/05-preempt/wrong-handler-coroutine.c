// MISTAKE   curg is not compared.
// WHY       What runs has a g. But it may be a coroutine's, or the g0.
// GETS      A coroutine is stopped.

    // [lab on-preempt]
    struct g *gp = getg();
    if (gp == NULL || gp->m->p == NULL)
        return;
    if (here > gp->stack.lo && here < gp->stack.hi)
        return;
    struct p *p = gp->m->p;
    if (!preempt_wanted(p))
        return;
    if (!preempt_is_safe(gp, context) || !interrupted_call(context, gp->stack.lo + ROOM))
        count_refused(p);
    // [lab on-preempt]
