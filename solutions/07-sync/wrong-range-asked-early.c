// MISTAKE   Whether a range may find them is asked before the list is locked.
// WHY       A range that begins later cannot find what is on the list. But the
//           list grows until it is locked, by what that range has found.
// CHECK     map-range-begins
// GETS      Memory is used after it was freed.

    // [lab map-take-retired]
    struct node *all, **end = &all;
    const uint64_t until = may_be_found(m);

    lock(lock_of(m));
    all = m->retired_first;
    while (*end != NULL && (*end)->epoch < until && epoch_is_over((*end)->epoch)) {
        end = &(*end)->retired;
        count_retired(m, -1);
    }
    m->retired_first = *end;
    *end = NULL;
    set_kept(m, atomic_load_relaxed((count_t *)&m->n_retired));
    unlock(lock_of(m));
    return all;
    // [lab map-take-retired]
