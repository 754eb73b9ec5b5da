// MISTAKE   The group loses two for one goroutine.
// WHY       One at the end of the function, one at the end of the goroutine: as
//           if go_waitgroup_go had counted both.
// GETS      The wait group is told of the end twice.

    // [lab goroutine-end]
    struct go_waitgroup *wg = gp->wg;

    if (wg != NULL)
        go_waitgroup_add(wg, -2);
    race_release(gp);
    hooks_end(&gp->hooks);
    proc_goexit();
    // [lab goroutine-end]
