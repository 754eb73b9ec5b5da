// MISTAKE   The one that came last is taken.
// WHY       Any one of them will do. But then the first one may wait for ever.
// GETS      Who came last is served first.

    // [lab waitq-get]
    struct sudog *sg;

    while ((sg = atomic_load_relaxed(&q->first) == NULL ? NULL : q->last) != NULL) {
        uint32_t not_yet = 0;

        waitq_remove(q, sg);
        // Pairs with others who take a case of the same select.
        if (!sg->is_select || atomic_cas(&sg->g->select_done, &not_yet, 1))
            break;
    }
    return sg;
    // [lab waitq-get]
