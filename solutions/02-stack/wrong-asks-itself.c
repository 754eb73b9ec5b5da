// MISTAKE   The one that waits asks how deep its own stack has been.
// WHY       go_stack_high_water takes no argument. It speaks of whoever calls.
// GETS      The runtime ended the program.

    // [lab needs]
    struct question q = { .fn = fn, .n = n };
    size_t bytes = GO_STACK_MIN;

    go_waitgroup_add(&q.wg, 1);
    go_with((&(struct go_attr){ .stack_max = PLENTY }), measured, &q);
    go_waitgroup_wait(&q.wg);
    while (bytes < go_stack_high_water())
        bytes *= 2;
    return bytes;
    // [lab needs]
