// MISTAKE   The goroutine is its own parent.
// WHY       gp stands on every line of this function; this one needs the other.
// GETS      A goroutine does not know who made it.

    // [lab go-start]
    struct g *gp = gfree_get(mp, stack_max_of(attr));

    gp->id = goid_next(mp);
    gp->start = fn;
    for (int i = 0; i < site->args; i++)
        gp->args[i] = args[i];
    gp->site = site;
    gp->parent = gp->id;
    gp->name = attr != NULL ? attr->name : NULL;
    gp->wg = wg;
    if (wg != NULL)
        go_waitgroup_add(wg, 1);
    race_release(gp);
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    proc_put(mp, gp);
    // [lab go-start]
