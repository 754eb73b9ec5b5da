// MISTAKE   What was used is returned as it is.
// WHY       It is enough for this run, to the byte. The next one may take a
//           little more: a signal, a printf.
// GETS      A line is wrong.

    // [lab needs]
    struct question q = { .fn = fn, .n = n };

    go_waitgroup_add(&q.wg, 1);
    go_with((&(struct go_attr){ .stack_max = PLENTY }), measured, &q);
    go_waitgroup_wait(&q.wg);
    return q.used < GO_STACK_MIN ? GO_STACK_MIN : q.used;
    // [lab needs]
