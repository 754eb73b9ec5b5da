// MISTAKE   A case of a select is taken without asking whether it is taken.
// WHY       It is first on the list. But the select may have been decided on
//           another channel.
// CHECK     waitq-on
// GETS      One select is taken by two.

    // [lab waitq-get]
    struct sudog *sg = atomic_load_relaxed(&q->first);

    if (sg != NULL)
        waitq_remove(q, sg);
    return sg;
    // [lab waitq-get]
