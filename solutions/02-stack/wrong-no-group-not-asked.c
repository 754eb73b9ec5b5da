// MISTAKE   The group is told without a look whether there is one.
// WHY       In the program at hand every goroutine has one.
// GETS      A wait group was told that does not exist.

    // [lab goroutine-end]
    struct go_waitgroup *wg = gp->wg;

    go_waitgroup_done(wg);
    race_release(gp);
    hooks_end(&gp->hooks);
    proc_goexit();
    // [lab goroutine-end]
