// MISTAKE   The source is resumed before its number is yielded.
// WHY       "Fetch the next, then hand out this one" is how one does it with
//           values. These are pointers, and the number behind them has
//           changed.
// GETS      A line is wrong.

    // [lab merge]
    int *a = go_coro_resume(from->a);
    int *b = go_coro_resume(from->b);

    while (a != NULL || b != NULL) {
        int *next;

        if (b == NULL || (a != NULL && *a <= *b)) {
            next = a;
            a = go_coro_resume(from->a);
        } else {
            next = b;
            b = go_coro_resume(from->b);
        }
        go_coro_yield(next);
    }
    // [lab merge]
