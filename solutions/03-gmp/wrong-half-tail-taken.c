// MISTAKE   tail is set to the last that was taken.
// WHY       One end was changed, so the other seems to need it, too.
// GETS      What is put afterwards is lost.

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
        q->tail = gp;
        atomic_store_relaxed(&q->n, runq_length(q) - n);
    }
    runq_unlock(q);
    return n;
    // [lab runq-take-half]
