// MISTAKE   The oldest goroutine is taken without the lock.
// WHY       The queue is ours. But others take from it, too.
// CHECK     runq
// GETS      Not so: runq_length(&q) == 0.

    // [lab runq-get]
    // Most looks find nothing. Whoever puts later also sees to it that
    // somebody looks later.
    if (runq_length(q) == 0)
        return NULL;

    struct g *gp = q->head;

    if (gp != NULL) {
        q->head = gp->next;
        atomic_store_relaxed(&q->n, runq_length(q) - 1);
        g_expect(q->head);
    }
    return gp;
    // [lab runq-get]
