// MISTAKE   The value that was yielded is not returned.
// WHY       One resumes for the effect, and forgets that g_switch returns
//           something.
// GETS      The value that was yielded is not returned.

    // [lab coro-resume]
    struct g *gp = g_current();

    if (g_status(&co->g) == G_DEAD)
        return NULL;
    g_set_status(&co->g, G_WAITING, G_RUNNING);
    co->resumer = gp;
    race_release(co);
    g_switch(gp, &co->g, NULL);
    race_acquire(co);
    return NULL;
    // [lab coro-resume]
