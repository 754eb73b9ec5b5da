// MISTAKE   The group is noted, and not counted.
// WHY       The end tells the group, by gp->wg. That the beginning must, too, is
//           easily overlooked.
// GETS      The wait group does not count the new goroutine.

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
    race_release(gp);
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    proc_put(mp, gp);
    // [lab go-start]
