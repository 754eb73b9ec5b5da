// MISTAKE   The goroutine says itself that it is dead.
// WHY       A coroutine does, at its end. But its stack belongs to whoever made
//           it; that of a goroutine is for the next one as soon as it is dead.
// GETS      A goroutine is dead while it still runs.

    // [lab goroutine-end]
    struct go_waitgroup *wg = gp->wg;

    if (wg != NULL)
        go_waitgroup_done(wg);
    race_release(gp);
    hooks_end(&gp->hooks);
    g_set_status(gp, G_RUNNING, G_DEAD);
    proc_goexit();
    // [lab goroutine-end]
