// MISTAKE   Nobody asks whether the ring is empty.
// WHY       An empty slot would be NULL. But a slot keeps what it held.
// GETS      Something comes out of an empty ring.

    // [lab ring-get]
    for (;;) {
        uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
        struct g *gp = slot(q, head);

        if (gp == NULL)
            return NULL;
        if (take(q, head, 1))
            return gp;
    }
    // [lab ring-get]
