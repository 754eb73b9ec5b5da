// MISTAKE   attr is used without a look whether there is one.
// WHY       The function has it as an argument. Most callers pass NULL.
// GETS      Something was looked up through a pointer that is NULL.

    // [lab go-start]
    struct g *gp = gfree_get(mp, stack_max_of(attr));

    gp->id = goid_next(mp);
    gp->start = fn;
    for (int i = 0; i < site->args; i++)
        gp->args[i] = args[i];
    gp->site = site;
    gp->parent = self->id;
    gp->name = attr->name;
    gp->wg = wg;
    if (wg != NULL)
        go_waitgroup_add(wg, 1);
    race_release(gp);
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    proc_put(mp, gp);
    // [lab go-start]
