// MISTAKE   The wait group is told after the last switch.
// WHY       First end, then say so: but nobody is left to say it.
// GETS      The wait group is not told of the end.

    // [lab goroutine-end]
    race_release(gp);
    hooks_end(&gp->hooks);
    proc_goexit();
    if (gp->wg != NULL)
        go_waitgroup_done(gp->wg);
    // [lab goroutine-end]
