// MISTAKE   Where the handler itself stands is looked at too late.
// WHY       It is a strange case, so it comes last. But by then it has been
//           written.
// GETS      The handler writes over its own frame.

    // [lab on-preempt]
    struct g *gp = getg();
    if (gp == NULL || gp->m->curg != gp || gp->m->p == NULL)
        return;
    struct p *p = gp->m->p;
    if (!preempt_wanted(p))
        return;
    if (!preempt_is_safe(gp, context) || !interrupted_call(context, gp->stack.lo + ROOM))
        count_refused(p);
    if (here > gp->stack.lo && here < gp->stack.hi)
        return;
    // [lab on-preempt]
