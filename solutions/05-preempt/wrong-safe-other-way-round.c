// MISTAKE   called_by_library is asked the wrong way round.
// WHY       The names of the others say what is good. This one says what is
//           bad.
// GETS      A goroutine that may be stopped is not.

    // [lab is-safe]
    return gp->no_preempt == 0 &&
           is_user_text(pc) &&
           sp > stack->lo &&
           sp < stack->hi &&
           called_by_library(pc, sp, stack->hi);
    // [lab is-safe]
