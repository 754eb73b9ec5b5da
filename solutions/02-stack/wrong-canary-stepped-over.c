// MISTAKE   Of a stack with a canary only the canary is asked.
// WHY       The canary is there to tell. But a large frame steps over it, and
//           leaves it alive.
// GETS      An overflow past a canary is not told.

    // [lab whose-guard]
    const uintptr_t lo = gp->stack.lo;
    const uintptr_t guard = lo - STACK_GUARD;

    if (gp->stack.hi == 0)
        return false;
    if (gp->stack.canary)
        return *(const uint64_t *)lo != STACK_CANARY;
    return (address >= guard && address < lo) || (sp >= guard && sp < lo);
    // [lab whose-guard]
