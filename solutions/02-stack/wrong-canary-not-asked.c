// MISTAKE   A stack with a canary is treated as one with a guard.
// WHY       On a new kernel every stack has a guard.
// GETS      A dead canary is not noticed.

    // [lab whose-guard]
    const uintptr_t lo = gp->stack.lo;
    const uintptr_t guard = lo - STACK_GUARD;

    if (gp->stack.hi == 0)
        return false;
    return (address >= guard && address < lo) || (sp >= guard && sp < lo);
    // [lab whose-guard]
