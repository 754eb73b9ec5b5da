// MISTAKE   The last place counts as the end.
// WHY       Is there room for one more? That is asked of the place after the
//           next one.
// GETS      A place of the ring is never used.

    // [lab ring-after]
    at += c->elem_size;
    return at + c->elem_size >= c->end ? 0 : at;
    // [lab ring-after]
