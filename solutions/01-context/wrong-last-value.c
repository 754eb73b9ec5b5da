// MISTAKE   A value is handed over at the end.
// WHY       There is a value to be had, that of the function. But NULL is how
//           the end is told.
// GETS      The end of a coroutine hands over a value.

    // [lab coro-exit]
    struct g *resumer = co->resumer;

    g_set_status(&co->g, G_RUNNING, G_DEAD);
    hooks_end(&co->g.hooks);
    race_release(co);
    g_switch(&co->g, resumer, co);
    // [lab coro-exit]
