// MISTAKE   One slot stays free, so that full differs from empty.
// WHY       Rings whose positions are slots need that. Ours are positions,
//           and need it not.
// GETS      The ring is called full, and there is room.

    // [lab ring-put]
    uint32_t tail = atomic_load_relaxed(&q->tail);
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    if (tail - head == RUNQ_SIZE - 1)
        return false;
    set_slot(q, tail, gp);
    atomic_store_release(&q->tail, tail + 1);       // pairs with grab
    return true;
    // [lab ring-put]
