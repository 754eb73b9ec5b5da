// MISTAKE   The whole stack is looked at, from its lower end.
// WHY       An address of a library may stand anywhere. But below sp there is
//           only what old calls have left.
// GETS      What an old call has left counts as a library.

    // [lab is-safe]
    return gp->no_preempt == 0 &&
           is_user_text(pc) &&
           sp > stack->lo &&
           sp < stack->hi &&
           !called_by_library(pc, stack->lo, stack->hi);
    // [lab is-safe]
