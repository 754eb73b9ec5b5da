// MISTAKE   The wait group is not told.
// WHY       Most goroutines have none, and all their tests pass.
// GETS      The wait group is not told of the end.

    // [lab goroutine-end]
    race_release(gp);
    hooks_end(&gp->hooks);
    proc_goexit();
    // [lab goroutine-end]
