// MISTAKE   The guard is looked for above the stack.
// WHY       Of arrays one knows that they overflow at the high end.
// GETS      An overflow is not told.

    // [lab whose-guard]
    const uintptr_t lo = gp->stack.lo;
    const uintptr_t guard = gp->stack.hi;

    if (gp->stack.hi == 0)
        return false;
    if (gp->stack.canary)
        return sp < lo || *(const uint64_t *)lo != STACK_CANARY;
    return (address >= guard && address < guard + STACK_GUARD) || (sp >= guard && sp < guard + STACK_GUARD);
    // [lab whose-guard]
