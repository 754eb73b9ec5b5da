// MISTAKE   The status is set after the switch.
// WHY       First leave, then report: but nobody is left to report.
// GETS      A coroutine that has ended is not dead.

    // [lab coro-exit]
    struct g *resumer = co->resumer;

    hooks_end(&co->g.hooks);
    race_release(co);
    g_switch(&co->g, resumer, NULL);
    g_set_status(&co->g, G_RUNNING, G_DEAD);
    // [lab coro-exit]
