// MISTAKE   The canary counts as dead while it lives.
// WHY       One asks for the canary, and it is there.
// GETS      A canary that lives is taken for a dead one.

    // [lab whose-guard]
    const uintptr_t lo = gp->stack.lo;
    const uintptr_t guard = lo - STACK_GUARD;

    if (gp->stack.hi == 0)
        return false;
    if (gp->stack.canary)
        return sp < lo || *(const uint64_t *)lo == STACK_CANARY;
    return (address >= guard && address < lo) || (sp >= guard && sp < lo);
    // [lab whose-guard]
