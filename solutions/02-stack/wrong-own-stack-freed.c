// MISTAKE   The goroutine frees its own stack, and then leaves it.
// WHY       Whoever ends cleans up. But it stands on what it frees.
// GETS      The stack was freed while somebody stood on it.

    // [lab goroutine-end]
    struct go_waitgroup *wg = gp->wg;

    if (wg != NULL)
        go_waitgroup_done(wg);
    race_release(gp);
    hooks_end(&gp->hooks);
    gfree_put(gp->m, gp);
    proc_goexit();
    // [lab goroutine-end]
