// MISTAKE   The status is set when the goroutine has come back.
// WHY       One thinks of the switch as a step that ends before the next line.
//           It does not end before the goroutine leaves.
// GETS      The status of a goroutine does not follow what it does.

    // [lab execute]
    gp->m = mp;
    mp->curg = gp;
    then_fn *then = (then_fn *)g_switch(&mp->g0, gp->top, NULL);
    g_set_status(gp, G_RUNNABLE, G_RUNNING);
    mp->curg = NULL;
    then(mp, gp);
    // [lab execute]
