// MISTAKE   Who has called is not asked.
// WHY       It is the user's code. But a library has called it, and may hold a
//           lock meanwhile.
// GETS      A function that a library has called is stopped.

    // [lab is-safe]
    (void)called_by_library;
    return gp->no_preempt == 0 &&
           is_user_text(pc) &&
           sp > stack->lo &&
           sp < stack->hi;
    // [lab is-safe]
