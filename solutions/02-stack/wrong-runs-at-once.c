// MISTAKE   The caller gives way to the new goroutine.
// WHY       One has started it, so it should run. Its turn comes anyway; and the
//           caller may hold what others want.
// GETS      A new goroutine runs before its creator goes on.

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
    proc_put(mp, gp);
    go_gosched();
    // [lab go-start]
