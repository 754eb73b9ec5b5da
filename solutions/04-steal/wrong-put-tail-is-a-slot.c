// MISTAKE   Tail goes back to 0 at the end of the ring.
// WHY       There are only so many slots. But tail is a position, and its
//           slot the remainder.
// GETS      Tail does not stand behind what was put.

    // [lab ring-put]
    uint32_t tail = atomic_load_relaxed(&q->tail);
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    if (tail - head == RUNQ_SIZE)
        return false;
    set_slot(q, tail, gp);
    atomic_store_release(&q->tail, (tail + 1) % RUNQ_SIZE);
    return true;
    // [lab ring-put]
