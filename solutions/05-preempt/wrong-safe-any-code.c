// MISTAKE   Whose code it is, is not asked.
// WHY       The goroutine is on its own stack. But so is malloc, which it has
//           called.
// GETS      A goroutine is stopped in code that is not the user's.

    // [lab is-safe]
    return gp->no_preempt == 0 &&
           sp > stack->lo &&
           sp < stack->hi &&
           !called_by_library(pc, sp, stack->hi);
    // [lab is-safe]
