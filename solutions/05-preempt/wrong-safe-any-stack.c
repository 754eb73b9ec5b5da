// MISTAKE   The stack pointer is not looked at.
// WHY       A goroutine is on its own stack. But a program may switch stacks
//           itself, in code of its own.
// GETS      A goroutine is stopped while it stands on another stack.

    // [lab is-safe]
    return gp->no_preempt == 0 &&
           is_user_text(pc) &&
           !called_by_library(pc, sp, stack->hi);
    // [lab is-safe]
