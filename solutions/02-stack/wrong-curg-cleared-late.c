// MISTAKE   The m forgets the goroutine after g0 has acted on it.
// WHY       Cleaning up comes last. But the goroutine may be freed by then, and
//           curg would lead to what is no goroutine any more.
// GETS      While g0 works, the m says that a goroutine runs.

    // [lab execute]
    g_set_status(gp, G_RUNNABLE, G_RUNNING);
    gp->m = mp;
    mp->curg = gp;
    then_fn *then = (then_fn *)g_switch(&mp->g0, gp->top, NULL);
    then(mp, gp);
    mp->curg = NULL;
    // [lab execute]
