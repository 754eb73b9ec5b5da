// MISTAKE   The goroutine is not put on the queue.
// WHY       It is runnable: that sounds as if it would run.
// GETS      A goroutine that was started never runs.

    // [lab go-start]
    struct g *gp = gfree_get(mp, stack_max_of(attr));

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
    // [lab go-start]
