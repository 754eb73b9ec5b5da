// MISTAKE   The ring is empty, then next is empty: so nothing is there.
// WHY       Both were empty. But not at the same moment.
// CHECK     empty
// GETS      Not so: !runq_empty(&mine).

    // [lab ring-empty]
    for (;;) {
        uint32_t head = atomic_load(&q->head);          // pairs with take
        uint32_t tail = atomic_load(&q->tail);          // pairs with runq_put
        struct g *next = atomic_load(&q->next);         // pairs with take_next

        return head == tail && next == NULL;
    }
    // [lab ring-empty]
