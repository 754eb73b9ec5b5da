// MISTAKE   All is grabbed.
// WHY       One way for all of it. But then the other one has nothing, and
//           comes to steal it back.
// GETS      It is not half of the ring.

    // [lab ring-grab]
    for (;;) {
        uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
        uint32_t tail = atomic_load_acquire(&q->tail);  // pairs with runq_put
        uint32_t n = tail - head;

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
