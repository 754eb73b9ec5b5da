// MISTAKE   What is deleted is freed, though a range is under way.
// WHY       Readers have an epoch. But a range is none of them: it may take as
//           long as it likes.
// CHECK     map-range
// GETS      Memory is used after it was freed.

    // [lab map-take-retired]
    struct node *all, **end = &all;

    lock(lock_of(m));
    may_be_found(m);
    all = m->retired_first;
    while (*end != NULL && epoch_is_over((*end)->epoch)) {
        end = &(*end)->retired;
        count_retired(m, -1);
    }
    m->retired_first = *end;
    *end = NULL;
    set_kept(m, atomic_load_relaxed((count_t *)&m->n_retired));
    unlock(lock_of(m));
    return all;
    // [lab map-take-retired]
