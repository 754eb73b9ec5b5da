// MISTAKE   The lock is not taken.
// WHY       It only takes from the front. But so does the owner.
// GETS      The queue is empty, and its number is not 0.

    // [lab runq-take-half]
    uint32_t n = (runq_length(q) + 1) / 2;
    struct g *gp = q->head;

    *first = gp;
    for (uint32_t i = 1; i < n; i++)
        gp = gp->next;
    *last = gp;
    if (n > 0) {
        q->head = gp->next;
        gp->next = NULL;
        atomic_store_relaxed(&q->n, runq_length(q) - n);
    }
    return n;
    // [lab runq-take-half]
