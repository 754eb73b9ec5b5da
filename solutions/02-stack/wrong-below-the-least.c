// MISTAKE   It begins with 1, and not with GO_STACK_MIN.
// WHY       That is where powers of two begin. The last function needs very
//           little.
// GETS      The runtime ended the program.

    // [lab needs]
    struct question q = { .fn = fn, .n = n };
    size_t bytes = 1;

    go_waitgroup_add(&q.wg, 1);
    go_with((&(struct go_attr){ .stack_max = PLENTY }), measured, &q);
    go_waitgroup_wait(&q.wg);
    while (bytes < q.used)
        bytes *= 2;
    return bytes;
    // [lab needs]
