// MISTAKE   Rounded to a multiple of 8 only.
// WHY       Eight bytes is the size of a pointer, and most of what lies on a
//           stack is pointers.
// GETS      The stack pointer is not a multiple of 16 when gobuf_entry starts.

    // [lab first-sp]
    sp = (uintptr_t *)(s->hi & ~(uintptr_t)7);
    // [lab first-sp]
