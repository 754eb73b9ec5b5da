// MISTAKE   The goroutine is announced before it is in its slot.
// WHY       It comes there at once. But a thief reads in between.
// GETS      A goroutine of the ring got lost.

    // [lab ring-put]
    uint32_t tail = atomic_load_relaxed(&q->tail);
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    if (tail - head == RUNQ_SIZE)
        return false;
    atomic_store_release(&q->tail, tail + 1);       // pairs with grab
    set_slot(q, tail, gp);
    return true;
    // [lab ring-put]
