// MISTAKE   At the end it goes to the thread's own stack.
// WHY       With one level of coroutines that is the same as going back to the
//           resumer.
// GETS      A coroutine that ended did not go back to its resumer.

    // [lab coro-exit]
    g_set_status(&co->g, G_RUNNING, G_DEAD);
    hooks_end(&co->g.hooks);
    race_release(co);
    g_switch(&co->g, &co->g.m->g0, NULL);
    // [lab coro-exit]
