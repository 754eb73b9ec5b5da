// MISTAKE   select_done is asked of everybody.
// WHY       It decides who has the goroutine. But only a select sets it to 0
//           again.
// GETS      A goroutine waits, and is taken for a select that is decided.

    // [lab waitq-get]
    struct sudog *sg;

    while ((sg = atomic_load_relaxed(&q->first)) != NULL) {
        uint32_t not_yet = 0;

        waitq_remove(q, sg);
        // Pairs with others who take a case of the same select.
        if (atomic_cas(&sg->g->select_done, &not_yet, 1))
            break;
    }
    return sg;
    // [lab waitq-get]
