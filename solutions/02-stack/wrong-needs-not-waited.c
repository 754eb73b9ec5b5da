// MISTAKE   The answer is used before it is there.
// WHY       The line after go_with reads as if the function had run. It has not
//           even begun.
// GETS      The runtime ended the program.

    // [lab needs]
    static struct question q;
    size_t bytes = GO_STACK_MIN;

    q = (struct question){ .fn = fn, .n = n };
    go_waitgroup_add(&q.wg, 1);
    go_with((&(struct go_attr){ .stack_max = PLENTY }), measured, &q);
    while (bytes < q.used)
        bytes *= 2;
    return bytes;
    // [lab needs]
