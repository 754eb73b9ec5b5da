// MISTAKE   The m learns of the goroutine only when that has left.
// WHY       The two lines about curg look like a pair that belongs together.
// GETS      The m does not know which goroutine runs.

    // [lab execute]
    g_set_status(gp, G_RUNNABLE, G_RUNNING);
    gp->m = mp;
    then_fn *then = (then_fn *)g_switch(&mp->g0, gp->top, NULL);
    mp->curg = gp;
    mp->curg = NULL;
    then(mp, gp);
    // [lab execute]
