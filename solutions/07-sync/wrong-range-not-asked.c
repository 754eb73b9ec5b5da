// MISTAKE   What is deleted is freed, though a range is under way.
// WHY       Readers have an epoch. But a range is none of them: it may take as
//           long as it likes.
// CHECK     map-range
// GETS      Memory is used after it was freed.

    // [lab map-reclaim]
    // Hints, for the list is another's at this moment.
    const int32_t kept = atomic_load_relaxed((count_t *)&m->kept);

    if (atomic_load_relaxed((count_t *)&m->n_retired) < kept + RETIRED_MOST)
        return;
    epoch_advance(gp->m->p->sched);

    struct node *node = take_retired(m, false);

    race_acquire(&epoch);
    while (node != NULL) {
        struct node *next = node->retired;

        node_free(m, node);
        node = next;
    }
    // [lab map-reclaim]
