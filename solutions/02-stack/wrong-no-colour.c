// MISTAKE   There is no colour.
// WHY       Nothing fails without it. It is only slower, with many goroutines.
// GETS      All records begin at the same place of their page.

    // [lab slot-stack]
    const size_t bytes = slot_bytes(slab->class);
    const uintptr_t slot = (uintptr_t)slab->slots + i * bytes;

    return (struct stack){
        .lo = slot + STACK_GUARD,
        .hi = slot + bytes - STACK_RECORD,
        .canary = i >= slab->canary_from,
    };
    // [lab slot-stack]
