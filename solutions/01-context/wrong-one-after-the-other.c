// MISTAKE   First all numbers of one source, then all of the other.
// WHY       That is a concatenation; each number arrives, in the wrong place.
// GETS      The lines are right, but in another order.

    // [lab merge]
    for (int *n; (n = go_coro_resume(from->a)) != NULL; )
        go_coro_yield(n);
    for (int *n; (n = go_coro_resume(from->b)) != NULL; )
        go_coro_yield(n);
    // [lab merge]
