// MISTAKE   There is no room for the record above hi.
// WHY       hi is the end of the stack, so it seems to be the end of the slot.
// GETS      The record above a stack lies outside of its slot.

    // [lab slot-stack]
    const size_t bytes = slot_bytes(slab->class);
    const uintptr_t slot = (uintptr_t)slab->slots + i * bytes;

    return (struct stack){
        .lo = slot + STACK_GUARD,
        .hi = slot + bytes - i % COLOURS * 64,
        .canary = i >= slab->canary_from,
    };
    // [lab slot-stack]
