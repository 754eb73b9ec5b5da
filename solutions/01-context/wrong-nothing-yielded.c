// MISTAKE   Nothing is yielded.
// WHY       The numbers are found and compared, and the last step is
//           forgotten.
// GETS      Some lines are missing.

    // [lab merge]
    int *a = go_coro_resume(from->a);
    int *b = go_coro_resume(from->b);

    while (a != NULL || b != NULL) {
        if (b == NULL || (a != NULL && *a <= *b))
            a = go_coro_resume(from->a);
        else
            b = go_coro_resume(from->b);
    }
    // [lab merge]
