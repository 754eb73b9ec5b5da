// MISTAKE   Nobody asks whether half of the ring could be taken.
// WHY       The ring was full a moment ago. But a thief was faster.
// CHECK     overflow
// GETS      Not so: taken[gp - item] == 1.

    // [lab ring-overflow]
    struct g *batch[HALF + 1];
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    if (atomic_load_relaxed(&q->tail) - head != RUNQ_SIZE)
        return 0;
    for (uint32_t i = 0; i < HALF; i++)
        batch[i] = slot(q, head + i);
    take(q, head, HALF);
    batch[HALF] = gp;
    link_up(batch, HALF + 1, first, last);
    return HALF + 1;
    // [lab ring-overflow]
