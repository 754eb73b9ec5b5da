// MISTAKE   The guard is left out at the high end.
// WHY       The stack overflows at its end, and in most pictures the end is the
//           highest address. A stack grows down.
// GETS      The guard lies within the stack.

    // [lab slot-stack]
    const size_t bytes = slot_bytes(slab->class);
    const uintptr_t slot = (uintptr_t)slab->slots + i * bytes;

    return (struct stack){
        .lo = slot,
        .hi = slot + bytes - STACK_GUARD - STACK_RECORD - i % COLOURS * 64,
        .canary = i >= slab->canary_from,
    };
    // [lab slot-stack]
