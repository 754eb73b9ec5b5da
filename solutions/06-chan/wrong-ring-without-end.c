// MISTAKE   The end of the ring is not asked for.
// WHY       The next place is where this one ends. But after the last one
//           there is none.
// GETS      The place after the last one is not the first.

    // [lab ring-after]
    at += c->elem_size;
    return at;
    // [lab ring-after]
