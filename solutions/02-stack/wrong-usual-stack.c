// MISTAKE   Every goroutine gets the usual stack.
// WHY       It works, until somebody needs the larger one that was asked for.
// GETS      The stack_max of go_with is not heeded.

    // [lab go-start]
    struct g *gp = gfree_get(mp, stack_max_of(NULL));

    gp->id = goid_next(mp);
    gp->start = fn;
    for (int i = 0; i < site->args; i++)
        gp->args[i] = args[i];
    gp->site = site;
    gp->parent = self->id;
    gp->name = attr != NULL ? attr->name : NULL;
    gp->wg = wg;
    if (wg != NULL)
        go_waitgroup_add(wg, 1);
    race_release(gp);
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    proc_put(mp, gp);
    // [lab go-start]
