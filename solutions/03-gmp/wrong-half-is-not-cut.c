// MISTAKE   What is taken stays in the queue.
// WHY       The list was handed over. But its head still is ours.
// CHECK     half
// GETS      A goroutine came out of the queue twice.

    // [lab runq-take-half]
    runq_lock(q);

    uint32_t n = (runq_length(q) + 1) / 2;
    struct g *gp = q->head;

    *first = gp;
    for (uint32_t i = 1; i < n; i++)
        gp = gp->next;
    *last = gp;
    if (n > 0) {
        gp->next = NULL;
        atomic_store_relaxed(&q->n, runq_length(q) - n);
    }
    runq_unlock(q);
    return n;
    // [lab runq-take-half]
