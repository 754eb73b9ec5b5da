// MISTAKE   At a turn, what is on the list by then is free at once.
// WHY       Nobody is left on the other side. But on this one there are ranges
//           that have begun before the turn.
// CHECK     map-range
// GETS      Memory is used after it was freed.

    // [lab map-may-be-found]
    const uint32_t other = 1 - m->side;

    if (m->ranging[other] == 0) {
        m->passed = epoch_now() + 1;
        m->side = other;
    }
    return m->ranging[0] + m->ranging[1] == 0 ? UINT64_MAX : m->passed;
    // [lab map-may-be-found]
