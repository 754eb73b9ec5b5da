// MISTAKE   The newer half is copied, and the older half taken.
// WHY       The owner works at the old end, so the thief keeps away from it.
//           But only head is moved by thieves.
// GETS      It is not the older half.

    // [lab ring-grab]
    for (;;) {
        uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
        uint32_t tail = atomic_load_acquire(&q->tail);  // pairs with runq_put
        uint32_t n = tail - head;

        n -= n / 2;
        if (n == 0)
            return 0;
        if (n > HALF)
            continue;
        for (uint32_t i = 0; i < n; i++)
            batch[i] = slot(q, tail - n + i);
        if (take(q, head, n))
            return n;
    }
    // [lab ring-grab]
