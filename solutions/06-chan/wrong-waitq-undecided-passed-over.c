// MISTAKE   The cas has its answer the wrong way round.
// WHY       It says whether the select was taken before. But it says whether
//           it is ours.
// GETS      One select is taken by two.

    // [lab waitq-get]
    struct sudog *sg;

    while ((sg = atomic_load_relaxed(&q->first)) != NULL) {
        uint32_t not_yet = 0;

        waitq_remove(q, sg);
        // Pairs with others who take a case of the same select.
        if (!sg->is_select || !atomic_cas(&sg->g->select_done, &not_yet, 1))
            break;
    }
    return sg;
    // [lab waitq-get]
