// MISTAKE   Only the stack pointer is asked about.
// WHY       A recursion that runs too deep has it in the guard. A function that
//           writes far into a large array need not.
// GETS      An overflow by a large frame is not told.

    // [lab whose-guard]
    const uintptr_t lo = gp->stack.lo;
    (void)address;
    const uintptr_t guard = lo - STACK_GUARD;

    if (gp->stack.hi == 0)
        return false;
    if (gp->stack.canary)
        return sp < lo || *(const uint64_t *)lo != STACK_CANARY;
    return (sp >= guard && sp < lo);
    // [lab whose-guard]
