// MISTAKE   Head and tail are read before the loop.
// WHY       They are where they are. But it loops because head has moved.
// GETS      A thief was faster, and it tries for ever.

    // [lab ring-get]
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
    uint32_t tail = atomic_load_relaxed(&q->tail);

    while (head != tail) {
        struct g *gp = slot(q, head);

        if (take(q, head, 1))
            return gp;
    }
    return NULL;
    // [lab ring-get]
