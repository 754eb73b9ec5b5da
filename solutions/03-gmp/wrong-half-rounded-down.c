// MISTAKE   Half is rounded down.
// WHY       n / 2 is how one writes half. But half of one is then nothing.
// GETS      It is not half of the queue.

    // [lab runq-take-half]
    runq_lock(q);

    uint32_t n = runq_length(q) / 2;
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
    runq_unlock(q);
    return n;
    // [lab runq-take-half]
