// MISTAKE   no_preempt is not asked.
// WHY       A signal is not a checkpoint. But who holds a lock must be left
//           alone by both.
// GETS      A goroutine is stopped that has said go_preempt_disable.

    // [lab is-safe]
    return is_user_text(pc) &&
           sp > stack->lo &&
           sp < stack->hi &&
           !called_by_library(pc, sp, stack->hi);
    // [lab is-safe]
