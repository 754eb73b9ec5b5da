// MISTAKE   The goroutine is continued, and not the coroutine in it.
// WHY       Nearly always they are the same.
// GETS      A goroutine that stopped in a coroutine goes on elsewhere.

    // [lab execute]
    g_set_status(gp, G_RUNNABLE, G_RUNNING);
    gp->m = mp;
    mp->curg = gp;
    then_fn *then = (then_fn *)g_switch(&mp->g0, gp, NULL);
    mp->curg = NULL;
    then(mp, gp);
    // [lab execute]
