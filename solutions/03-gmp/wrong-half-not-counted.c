// MISTAKE   The length is left as it was.
// WHY       The list is right. But others look at the number only.
// GETS      The queue is empty, and its number is not 0.

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
        gp->next = NULL;
    }
    runq_unlock(q);
    return n;
    // [lab runq-take-half]
