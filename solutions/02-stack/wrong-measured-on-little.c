// MISTAKE   The function is measured on a stack of the usual size.
// WHY       go is what one writes. With little depth it is enough.
// GETS      The runtime ended the program.

    // [lab needs]
    struct question q = { .fn = fn, .n = n };
    size_t bytes = GO_STACK_MIN;

    go_waitgroup_add(&q.wg, 1);
    go(measured, &q);
    go_waitgroup_wait(&q.wg);
    while (bytes < q.used)
        bytes *= 2;
    return bytes;
    // [lab needs]
