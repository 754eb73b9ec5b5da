// MISTAKE   Nobody asks whether the ring is full.
// WHY       256 are many. But the 257th is written over the first.
// GETS      The ring is full, and one more is taken in.

    // [lab ring-put]
    uint32_t tail = atomic_load_relaxed(&q->tail);
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    (void)head;
    set_slot(q, tail, gp);
    atomic_store_release(&q->tail, tail + 1);       // pairs with grab
    return true;
    // [lab ring-put]
