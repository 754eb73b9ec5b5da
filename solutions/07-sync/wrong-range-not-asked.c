// MISTAKE   What is deleted is freed, though a range is under way.
// WHY       Readers have an epoch. But a range is none of them: it may take as
//           long as it likes.
// CHECK     map-range
// GETS      Memory is used after it was freed.

    // [lab map-reclaim]
    // A hint, for the list is another's at this moment.
    if (atomic_load_relaxed((count_t *)&m->n_retired) < RETIRED_MOST)
        return;
    epoch_advance(gp->m->p->sched);

    struct node *node = take_retired(m);

    race_acquire(&epoch);
    while (node != NULL) {
        struct node *next = node->retired;

        node_free(m, node);
        node = next;
    }
    // [lab map-reclaim]
