// MISTAKE   It ends as it yields: waiting.
// WHY       The end looks like a last yield, with NULL.
// GETS      A coroutine that has ended is not dead.

    // [lab coro-exit]
    struct g *resumer = co->resumer;

    g_set_status(&co->g, G_RUNNING, G_WAITING);
    race_release(co);
    g_switch(&co->g, resumer, NULL);
    // [lab coro-exit]
