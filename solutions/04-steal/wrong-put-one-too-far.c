// MISTAKE   The goroutine goes into the slot behind tail.
// WHY       It comes behind the last. But tail is behind the last already.
// GETS      What is put does not come out in its order.

    // [lab ring-put]
    uint32_t tail = atomic_load_relaxed(&q->tail);
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    if (tail - head == RUNQ_SIZE)
        return false;
    set_slot(q, tail + 1, gp);
    atomic_store_release(&q->tail, tail + 1);       // pairs with grab
    return true;
    // [lab ring-put]
