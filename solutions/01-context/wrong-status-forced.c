// MISTAKE   The status is overwritten, not checked.
// WHY       It is shorter, and right as long as everybody behaves.
// GETS      Resuming a coroutine that runs already goes unnoticed.

    // [lab coro-resume]
    struct g *gp = g_current();

    if (g_status(&co->g) == G_DEAD)
        return NULL;
    atomic_store_relaxed(&co->g.status, G_RUNNING);
    co->resumer = gp;
    race_release(co);
    void *value = g_switch(gp, &co->g, NULL);
    race_acquire(co);
    return value;
    // [lab coro-resume]
