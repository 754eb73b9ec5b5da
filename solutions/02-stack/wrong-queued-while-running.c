// MISTAKE   The goroutine is put on the queue, too.
// WHY       It is the line too many of the puzzle. It has had its turn, so it
//           seems to need the next one; but it may wait for something, or have
//           ended.
// GETS      Goroutines do not run in the order of the queue.

    // [lab execute]
    g_set_status(gp, G_RUNNABLE, G_RUNNING);
    gp->m = mp;
    mp->curg = gp;
    proc_put(mp, gp);
    then_fn *then = (then_fn *)g_switch(&mp->g0, gp->top, NULL);
    mp->curg = NULL;
    then(mp, gp);
    // [lab execute]
