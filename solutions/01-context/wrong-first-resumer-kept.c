// MISTAKE   The resumer is noted once, and kept.
// WHY       A generator is usually resumed from one place.
// GETS      A coroutine did not come back to the one that resumed it.

    // [lab coro-resume]
    struct g *gp = g_current();

    if (g_status(&co->g) == G_DEAD)
        return NULL;
    g_set_status(&co->g, G_WAITING, G_RUNNING);
    if (co->resumer == NULL)
        co->resumer = gp;
    race_release(co);
    void *value = g_switch(gp, &co->g, NULL);
    race_acquire(co);
    return value;
    // [lab coro-resume]
