// MISTAKE   A division gives the place: what is left of it.
// WHY       It is the usual way round. But a ring of elements without a size
//           has 0 bytes.
// GETS      A ring of 0 bytes is divided by.

    // [lab ring-after]
    at += c->elem_size;
    return at % c->end;
    // [lab ring-after]
