// MISTAKE   The coroutine always goes back to the thread's own stack.
// WHY       With one level of coroutines that is the same as going back to the
//           resumer.
// GETS      A coroutine did not come back to the one that resumed it.

    // [lab coro-resume]
    struct g *gp = g_current();

    if (g_status(&co->g) == G_DEAD)
        return NULL;
    g_set_status(&co->g, G_WAITING, G_RUNNING);
    co->resumer = &gp->m->g0;
    race_release(co);
    void *value = g_switch(gp, &co->g, NULL);
    race_acquire(co);
    return value;
    // [lab coro-resume]
