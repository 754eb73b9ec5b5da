// MISTAKE   The ring is taken for full if head and tail have the same slot.
// WHY       So it is when it is full. But so it is when it is empty, too.
// GETS      The ring is called full, and there is room.

    // [lab ring-put]
    uint32_t tail = atomic_load_relaxed(&q->tail);
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    if (tail % RUNQ_SIZE == head % RUNQ_SIZE)
        return false;
    set_slot(q, tail, gp);
    atomic_store_release(&q->tail, tail + 1);       // pairs with grab
    return true;
    // [lab ring-put]
