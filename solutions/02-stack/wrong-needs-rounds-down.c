// MISTAKE   The power of two is rounded down.
// WHY       "Double it as long as it stays below" is nearly the same loop.
// GETS      The runtime ended the program.

    // [lab needs]
    struct question q = { .fn = fn, .n = n };
    size_t bytes = GO_STACK_MIN;

    go_waitgroup_add(&q.wg, 1);
    go_with((&(struct go_attr){ .stack_max = PLENTY }), measured, &q);
    go_waitgroup_wait(&q.wg);
    while (2 * bytes < q.used)
        bytes *= 2;
    return bytes;
    // [lab needs]
