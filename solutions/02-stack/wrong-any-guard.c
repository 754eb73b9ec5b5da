// MISTAKE   Any guard will do: what lies near the stacks is an overflow.
// WHY       Stacks lie side by side, so a bad address among them must come from
//           an overflow. It may come from a wild pointer.
// GETS      A bad address that is no overflow is called one.

    // [lab whose-guard]
    const uintptr_t lo = gp->stack.lo;
    const uintptr_t far = 64 << 20;

    if (gp->stack.hi == 0)
        return false;
    if (gp->stack.canary)
        return sp < lo || *(const uint64_t *)lo != STACK_CANARY;
    return address >= lo - far && address < lo + far;
    // [lab whose-guard]
