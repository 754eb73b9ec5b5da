// MISTAKE   All is told, and then the function returns.
// WHY       That is how every other function ends.
// GETS      A goroutine went on after its last act.

    // [lab goroutine-end]
    struct go_waitgroup *wg = gp->wg;

    if (wg != NULL)
        go_waitgroup_done(wg);
    race_release(gp);
    hooks_end(&gp->hooks);
    // [lab goroutine-end]
