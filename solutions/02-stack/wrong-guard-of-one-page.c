// MISTAKE   The guard is taken for one page.
// WHY       In most books a guard is one page. It would be too small: C
//           functions have large arrays.
// GETS      An overflow by a large frame is not told.

    // [lab whose-guard]
    const uintptr_t lo = gp->stack.lo;
    const uintptr_t guard = lo - 4096;

    if (gp->stack.hi == 0)
        return false;
    if (gp->stack.canary)
        return sp < lo || *(const uint64_t *)lo != STACK_CANARY;
    return (address >= guard && address < lo) || (sp >= guard && sp < lo);
    // [lab whose-guard]
