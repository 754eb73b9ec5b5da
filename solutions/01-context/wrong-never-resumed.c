// MISTAKE   After a yield the source is not resumed.
// WHY       The number was handed out, and seems to be used up.
// GETS      The program does not stop printing.

    // [lab merge]
    int *a = go_coro_resume(from->a);
    int *b = go_coro_resume(from->b);

    while (a != NULL || b != NULL) {
        if (b == NULL || (a != NULL && *a <= *b))
            go_coro_yield(a);
        else
            go_coro_yield(b);
    }
    // [lab merge]
