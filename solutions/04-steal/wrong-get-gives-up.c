// MISTAKE   If a thief was faster, NULL is returned.
// WHY       That one is gone. But there may be others, and NULL says that
//           there are none.
// GETS      A goroutine waits in the ring, and NULL is returned.

    // [lab ring-get]
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
    uint32_t tail = atomic_load_relaxed(&q->tail);

    if (head == tail)
        return NULL;

    struct g *gp = slot(q, head);

    return take(q, head, 1) ? gp : NULL;
    // [lab ring-get]
