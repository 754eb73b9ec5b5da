// MISTAKE   Tail is compared with the end of the ring, instead of counted
//           from head.
// WHY       It is full when tail has come to head + RUNQ_SIZE. But beyond the
//           greatest number that is a small one.
// GETS      The ring is called full, and there is room.

    // [lab ring-put]
    uint32_t tail = atomic_load_relaxed(&q->tail);
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    if (tail >= head + RUNQ_SIZE)
        return false;
    set_slot(q, tail, gp);
    atomic_store_release(&q->tail, tail + 1);       // pairs with grab
    return true;
    // [lab ring-put]
