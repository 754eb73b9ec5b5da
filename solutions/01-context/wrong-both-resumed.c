// MISTAKE   Both sources are resumed in each round.
// WHY       One number of each is taken, so both must go on; but only one
//           number was used.
// GETS      Some lines are missing.

    // [lab merge]
    int *a = go_coro_resume(from->a);
    int *b = go_coro_resume(from->b);

    while (a != NULL || b != NULL) {
        if (b == NULL || (a != NULL && *a <= *b))
            go_coro_yield(a);
        else
            go_coro_yield(b);
        a = go_coro_resume(from->a);
        b = go_coro_resume(from->b);
    }
    // [lab merge]
