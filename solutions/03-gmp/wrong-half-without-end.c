// MISTAKE   The list that is taken has no end.
// WHY       Whoever takes it counts. But the next one follows the links.
// CHECK     half
// GETS      The list that is taken has no end.

    // [lab runq-take-half]
    runq_lock(q);

    uint32_t n = (runq_length(q) + 1) / 2;
    struct g *gp = q->head;

    *first = gp;
    for (uint32_t i = 1; i < n; i++)
        gp = gp->next;
    *last = gp;
    if (n > 0) {
        q->head = gp->next;
        atomic_store_relaxed(&q->n, runq_length(q) - n);
    }
    runq_unlock(q);
    return n;
    // [lab runq-take-half]
