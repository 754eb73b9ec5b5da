// MISTAKE   The thief moves the head by a mere store.
// WHY       It has just looked. But others have taken meanwhile.
// GETS      A goroutine came out of the ring twice.

    // [lab ring-grab]
    for (;;) {
        uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
        uint32_t tail = atomic_load_acquire(&q->tail);  // pairs with runq_put
        uint32_t n = tail - head;

        n -= n / 2;
        if (n == 0)
            return 0;
        if (n > HALF)
            continue;                   // head and tail of different moments
        for (uint32_t i = 0; i < n; i++)
            batch[i] = slot(q, head + i);
        atomic_store_release(&q->head, head + n);
        return n;
    }
    // [lab ring-grab]
