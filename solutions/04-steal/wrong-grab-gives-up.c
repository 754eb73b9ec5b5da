// MISTAKE   If somebody was faster, nothing is grabbed.
// WHY       Those are gone. But there may be others, and 0 says that there
//           are none.
// GETS      Goroutines wait in the ring, and none is grabbed.

    // [lab ring-grab]
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
    uint32_t tail = atomic_load_acquire(&q->tail);  // pairs with runq_put
    uint32_t n = tail - head;

    n -= n / 2;
    if (n == 0 || n > HALF)
        return 0;
    for (uint32_t i = 0; i < n; i++)
        batch[i] = slot(q, head + i);
    return take(q, head, n) ? n : 0;
    // [lab ring-grab]
