// MISTAKE   Whether it is wanted is not asked.
// WHY       There was a signal, so somebody wanted it. But the goroutine that
//           was meant may have left.
// GETS      A goroutine is stopped, and nobody has asked.

    // [lab on-preempt]
    struct g *gp = getg();
    if (gp == NULL || gp->m->curg != gp || gp->m->p == NULL)
        return;
    if (here > gp->stack.lo && here < gp->stack.hi)
        return;
    struct p *p = gp->m->p;
    if (!preempt_is_safe(gp, context) || !interrupted_call(context, gp->stack.lo + ROOM))
        count_refused(p);
    // [lab on-preempt]
