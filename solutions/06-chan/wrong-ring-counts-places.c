// MISTAKE   The next place is one byte further on.
// WHY       Places are counted from 0 on, one by one. But here they are
//           counted in bytes.
// GETS      A place of the ring begins within an element.

    // [lab ring-after]
    at += 1;
    return at == c->end ? 0 : at;
    // [lab ring-after]
