// MISTAKE   The place is compared with the number of elements.
// WHY       cap says where the ring ends, for those who count elements.
// GETS      The place after the last one is not the first.

    // [lab ring-after]
    at += c->elem_size;
    return at == c->cap ? 0 : at;
    // [lab ring-after]
