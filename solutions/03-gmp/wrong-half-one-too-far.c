// MISTAKE   The loop makes one step too many.
// WHY       n goroutines seem to be n steps. But the first is there without
//           one.
// GETS      It goes on behind the end of the queue.

    // [lab runq-take-half]
    runq_lock(q);

    uint32_t n = (runq_length(q) + 1) / 2;
    struct g *gp = q->head;

    *first = gp;
    for (uint32_t i = 1; i <= n; i++)
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
