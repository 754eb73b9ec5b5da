// MISTAKE   The colour moves the record up.
// WHY       One adds an offset. But the record stands at the end of the slot,
//           and above it there is nothing.
// GETS      The record above a stack lies outside of its slot.

    // [lab slot-stack]
    const size_t bytes = slot_bytes(slab->class);
    const uintptr_t slot = (uintptr_t)slab->slots + i * bytes;

    return (struct stack){
        .lo = slot + STACK_GUARD,
        .hi = slot + bytes - STACK_RECORD + i % COLOURS * 64,
        .canary = i >= slab->canary_from,
    };
    // [lab slot-stack]
