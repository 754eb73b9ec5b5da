// MISTAKE   Behind a select that is decided nobody is looked for.
// WHY       It was taken by somebody else, so nobody waits. But another one
//           may stand behind it.
// GETS      A goroutine waits, and is not found behind a select that is decided.

    // [lab waitq-get]
    struct sudog *sg = atomic_load_relaxed(&q->first);
    uint32_t not_yet = 0;

    if (sg == NULL)
        return NULL;
    waitq_remove(q, sg);
    // Pairs with others who take a case of the same select.
    if (sg->is_select && !atomic_cas(&sg->g->select_done, &not_yet, 1))
        return NULL;
    return sg;
    // [lab waitq-get]
