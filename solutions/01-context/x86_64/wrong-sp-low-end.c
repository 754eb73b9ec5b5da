// MISTAKE   The stack begins at its low end.
// WHY       Memory is given out from its first byte on. A stack is the
//           exception: it grows down.
// GETS      The stack begins at its low end.

    // [lab first-sp]
    sp = (uintptr_t *)((s->lo + 15) & ~(uintptr_t)15);
    // [lab first-sp]
