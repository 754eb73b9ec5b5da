// MISTAKE   Who is taken stays on the list.
// WHY       It has been found, and that was all that was asked for. But the
//           next one finds it, too.
// GETS      Who was taken is still on the list.

    // [lab waitq-get]
    struct sudog *sg;

    for (sg = atomic_load_relaxed(&q->first); sg != NULL; sg = sg->next) {
        uint32_t not_yet = 0;

        // Pairs with others who take a case of the same select.
        if (!sg->is_select || atomic_cas(&sg->g->select_done, &not_yet, 1))
            break;
    }
    return sg;
    // [lab waitq-get]
