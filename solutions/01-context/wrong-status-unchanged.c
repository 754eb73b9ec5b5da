// MISTAKE   The status stays waiting while the coroutine runs.
// WHY       Only one thread is about, so nobody seems to look at it.
// GETS      The status of a coroutine does not follow what it does.

    // [lab coro-resume]
    struct g *gp = g_current();

    if (g_status(&co->g) == G_DEAD)
        return NULL;
    co->resumer = gp;
    race_release(co);
    void *value = g_switch(gp, &co->g, NULL);
    race_acquire(co);
    return value;
    // [lab coro-resume]
