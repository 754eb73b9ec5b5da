// MISTAKE   A source that has ended is not asked for NULL before it is read.
// WHY       The loop condition mentions both, so the body seems safe.
// GETS      The program crashed (SIGSEGV).

    // [lab merge]
    int *a = go_coro_resume(from->a);
    int *b = go_coro_resume(from->b);

    while (a != NULL || b != NULL) {
        if (*a <= *b) {
            go_coro_yield(a);
            a = go_coro_resume(from->a);
        } else {
            go_coro_yield(b);
            b = go_coro_resume(from->b);
        }
    }
    // [lab merge]
