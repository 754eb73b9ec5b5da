// MISTAKE   The end counts as a place.
// WHY       It is not beyond the end. But an element that begins there lies
//           beyond it.
// GETS      The place after the last one is not the first.

    // [lab ring-after]
    at += c->elem_size;
    return at > c->end ? 0 : at;
    // [lab ring-after]
