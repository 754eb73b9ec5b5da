// MISTAKE   The stack pointer is left 8 bytes below a multiple of 16.
// WHY       One has read that rsp is "8 off" at the entry of a function. That
//           is after the call has pushed its return address; gobuf_entry makes
//           the call itself.
// GETS      The stack pointer is not a multiple of 16 when gobuf_entry starts.

    // [lab first-sp]
    sp = (uintptr_t *)((s->hi & ~(uintptr_t)15) - 8);
    // [lab first-sp]
