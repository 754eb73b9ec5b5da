// MISTAKE   Whether a select is decided is read, and then written.
// WHY       Each step is whole. But between the two somebody else reads it,
//           too.
// CHECK     waitq-one
// GETS      One select is taken by two.

    // [lab waitq-get]
    struct sudog *sg;

    while ((sg = atomic_load_relaxed(&q->first)) != NULL) {
        waitq_remove(q, sg);
        // Pairs with others who take a case of the same select.
        if (!sg->is_select || atomic_load(&sg->g->select_done) == 0)
            break;
    }
    if (sg != NULL)
        atomic_store(&sg->g->select_done, 1);
    return sg;
    // [lab waitq-get]
