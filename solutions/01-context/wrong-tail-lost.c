// MISTAKE   It stops when one source has ended.
// WHY       "While both have a number" is the loop that comes to mind; what is
//           left of the longer one is forgotten.
// GETS      Some lines are missing.

    // [lab merge]
    int *a = go_coro_resume(from->a);
    int *b = go_coro_resume(from->b);

    while (a != NULL && b != NULL) {
        if (*a <= *b) {
            go_coro_yield(a);
            a = go_coro_resume(from->a);
        } else {
            go_coro_yield(b);
            b = go_coro_resume(from->b);
        }
    }
    // [lab merge]
