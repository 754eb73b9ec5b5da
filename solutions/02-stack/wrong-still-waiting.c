// MISTAKE   The goroutine is queued while its status says that it waits.
// WHY       It does wait, for its turn. Waiting means something else: for
//           somebody who calls g_ready.
// GETS      A goroutine is on the queue, and is not runnable.

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
    proc_put(mp, gp);
    // [lab go-start]
