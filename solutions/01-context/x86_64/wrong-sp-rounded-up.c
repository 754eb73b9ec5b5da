// MISTAKE   Rounded up instead of down.
// WHY       Rounding up is what one does for sizes. This is an address, and
//           the memory above it belongs to somebody else.
// GETS      The stack begins above its top.

    // [lab first-sp]
    sp = (uintptr_t *)((s->hi + 15) & ~(uintptr_t)15);
    // [lab first-sp]
