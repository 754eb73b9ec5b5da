// MISTAKE   The newest is taken, from the end where it was put.
// WHY       It is still in the cache. But the oldest has waited longest, and
//           tail only grows.
// GETS      It is not the oldest that comes first.

    // [lab ring-get]
    uint32_t head = atomic_load_acquire(&q->head);
    uint32_t tail = atomic_load_relaxed(&q->tail);

    if (head == tail)
        return NULL;
    atomic_store_release(&q->tail, tail - 1);
    return slot(q, tail - 1);
    // [lab ring-get]
