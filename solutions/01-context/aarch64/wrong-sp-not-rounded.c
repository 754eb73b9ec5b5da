// MISTAKE   Not rounded at all.
// WHY       The stacks that we are given end at a page, so that it works
//           today. The contract does not promise it.
// GETS      The stack pointer is not a multiple of 16 when gobuf_entry starts.

    // [lab first-sp]
    sp = (uintptr_t *)s->hi;
    // [lab first-sp]
