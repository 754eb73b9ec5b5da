// MISTAKE   The status is set, and the function returns.
// WHY       That is how every other function ends.
// GETS      The coroutine's last function went on after its last act.

    // [lab coro-exit]
    g_set_status(&co->g, G_RUNNING, G_DEAD);
    hooks_end(&co->g.hooks);
    race_release(co);
    // [lab coro-exit]
