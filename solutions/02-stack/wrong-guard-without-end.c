// MISTAKE   Everything below the stack is its guard.
// WHY       A stack grows down, so whoever left it is below. So is NULL.
// GETS      A bad address that is no overflow is called one.

    // [lab whose-guard]
    const uintptr_t lo = gp->stack.lo;
    const uintptr_t guard = lo - STACK_GUARD;

    if (gp->stack.hi == 0)
        return false;
    if (gp->stack.canary)
        return sp < lo || *(const uint64_t *)lo != STACK_CANARY;
    return (address < lo) || (sp >= guard && sp < lo);
    // [lab whose-guard]
