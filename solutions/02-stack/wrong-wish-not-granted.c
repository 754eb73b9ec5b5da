// MISTAKE   What the goroutine asked for is not done.
// WHY       The goroutine has run, and has left. That it asked for something
//           stands in a value that is easily dropped.
// GETS      What a goroutine asked for when it left was not done.

    // [lab execute]
    g_set_status(gp, G_RUNNABLE, G_RUNNING);
    gp->m = mp;
    mp->curg = gp;
    g_switch(&mp->g0, gp->top, NULL);
    mp->curg = NULL;
    // [lab execute]
