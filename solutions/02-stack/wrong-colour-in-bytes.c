// MISTAKE   The colour is counted in bytes, not in lines of the cache.
// WHY       In C, % and * bind alike, from the left. With parentheses it reads
//           as well, and means something else.
// GETS      A record does not begin with a line of the cache.

    // [lab slot-stack]
    const size_t bytes = slot_bytes(slab->class);
    const uintptr_t slot = (uintptr_t)slab->slots + i * bytes;

    return (struct stack){
        .lo = slot + STACK_GUARD,
        .hi = slot + bytes - STACK_RECORD - i % (COLOURS * 64),
        .canary = i >= slab->canary_from,
    };
    // [lab slot-stack]
