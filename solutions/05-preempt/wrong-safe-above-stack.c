// MISTAKE   Only the lower end is looked at.
// WHY       A stack overflows below. But who stands on another one may be
//           above.
// GETS      A goroutine is stopped while it stands on another stack.

    // [lab is-safe]
    return gp->no_preempt == 0 &&
           is_user_text(pc) &&
           sp > stack->lo &&
           !called_by_library(pc, sp, stack->hi);
    // [lab is-safe]
