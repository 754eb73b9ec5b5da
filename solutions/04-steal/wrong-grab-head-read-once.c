// MISTAKE   Head is read once, before the loop.
// WHY       It is where the thief begins. But each new try begins where head
//           is now.
// GETS      The thief begins again for ever.

    // [lab ring-grab]
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    for (;;) {
        uint32_t tail = atomic_load_acquire(&q->tail);  // pairs with runq_put
        uint32_t n = tail - head;

        n -= n / 2;
        if (n == 0)
            return 0;
        if (n > HALF)
            continue;
        for (uint32_t i = 0; i < n; i++)
            batch[i] = slot(q, head + i);
        if (take(q, head, n))
            return n;
    }
    // [lab ring-grab]
