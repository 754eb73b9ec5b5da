// MISTAKE   It waits in a loop, and lets nobody run meanwhile.
// WHY       With threads that works, and only costs time. Here the one thread
//           is ours until we give way.
// GETS      The program does not end.

    // [lab needs]
    struct question q = { .fn = fn, .n = n };
    size_t bytes = GO_STACK_MIN;

    go_waitgroup_add(&q.wg, 1);
    go_with((&(struct go_attr){ .stack_max = PLENTY }), measured, &q);
    while (*(volatile size_t *)&q.used == 0)
        ;
    while (bytes < q.used)
        bytes *= 2;
    return bytes;
    // [lab needs]
