// MISTAKE   Slots are counted without their guard.
// WHY       The class has a size, and a stack has that size. The guard is
//           memory that nobody uses, and is easily left out of a sum.
// GETS      The guard lies within the stack.

    // [lab slot-stack]
    const size_t bytes = slot_bytes(slab->class);
    const uintptr_t slot = (uintptr_t)slab->slots + i * (bytes - STACK_GUARD);

    return (struct stack){
        .lo = slot + STACK_GUARD,
        .hi = slot + bytes - STACK_RECORD - i % COLOURS * 64,
        .canary = i >= slab->canary_from,
    };
    // [lab slot-stack]
