// MISTAKE   The slots with a guard are said to have a canary.
// WHY       "From canary_from on" was read as "up to".
// GETS      A stack that has a guard is taken for one with a canary.

    // [lab slot-stack]
    const size_t bytes = slot_bytes(slab->class);
    const uintptr_t slot = (uintptr_t)slab->slots + i * bytes;

    return (struct stack){
        .lo = slot + STACK_GUARD,
        .hi = slot + bytes - STACK_RECORD - i % COLOURS * 64,
        .canary = i < slab->canary_from,
    };
    // [lab slot-stack]
