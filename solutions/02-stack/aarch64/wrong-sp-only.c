// MISTAKE   Only the stack pointer is asked about.
// WHY       Surely it is in the guard, after an overflow. But an instruction that
//           stores and moves it in one has not moved it when it fails.
// GETS      An overflow is not told.

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
