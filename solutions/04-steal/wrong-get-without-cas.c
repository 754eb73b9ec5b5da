// MISTAKE   The owner moves the head by a mere store.
// WHY       The ring is its own. But a thief may have moved the head
//           meanwhile.
// GETS      A goroutine came out of the ring twice.

    // [lab ring-get]
    for (;;) {
        uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
        uint32_t tail = atomic_load_relaxed(&q->tail);

        if (head == tail)
            return NULL;

        struct g *gp = slot(q, head);

        atomic_store_release(&q->head, head + 1);
        return gp;
    }
    // [lab ring-get]
