// MISTAKE   The ring counts as empty unless head is less than tail.
// WHY       Head is never before tail. But beyond the greatest number tail is
//           the smaller one.
// GETS      A goroutine waits in the ring, and NULL is returned.

    // [lab ring-get]
    for (;;) {
        uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
        uint32_t tail = atomic_load_relaxed(&q->tail);

        if (head >= tail)
            return NULL;

        struct g *gp = slot(q, head);

        if (take(q, head, 1))
            return gp;
    }
    // [lab ring-get]
