// MISTAKE   Rounded down to a page.
// WHY       Pages are what the kernel gives and takes. The stack has been cut
//           from them already.
// GETS      The stack begins lower than it must.

    // [lab first-sp]
    sp = (uintptr_t *)(s->hi & ~(uintptr_t)4095);
    // [lab first-sp]
