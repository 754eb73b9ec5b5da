// MISTAKE   The coroutine frees its own stack.
// WHY       Whoever ends cleans up. But it stands on what it frees.
// GETS      The stack was gone while somebody stood on it.

    // [lab coro-exit]
    struct g *resumer = co->resumer;
    struct stack stack = co->g.stack;

    g_set_status(&co->g, G_RUNNING, G_DEAD);
    hooks_end(&co->g.hooks);
    race_release(co);
    stack_free(&stack);
    g_switch(&co->g, resumer, NULL);
    // [lab coro-exit]
