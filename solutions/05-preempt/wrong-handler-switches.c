// MISTAKE   The handler switches itself.
// WHY       proc_yield is what is wanted. But the signal is blocked until the
//           handler returns, and the next one would write over its frame.
// GETS      Another goroutine runs inside the handler.

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
        proc_yield();
    else
        count_refused(p);
    (void)interrupted_call;
    // [lab on-preempt]
