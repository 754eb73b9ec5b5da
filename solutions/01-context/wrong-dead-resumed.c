// MISTAKE   A coroutine that has ended is not told apart.
// WHY       The status check catches it, but as an error; the contract
//           promises NULL.
// GETS      A coroutine that has ended was continued.

    // [lab coro-resume]
    struct g *gp = g_current();

    g_set_status(&co->g, G_WAITING, G_RUNNING);
    co->resumer = gp;
    race_release(co);
    void *value = g_switch(gp, &co->g, NULL);
    race_acquire(co);
    return value;
    // [lab coro-resume]
