// MISTAKE   Who gives up leaves the line without asking whether it is still
//           there.
// WHY       It waited there. But it may have been granted what it wanted a
//           moment ago, and then the permits are lost.
// CHECK     weighted-late
// GETS      Not so: w.taken == taken.

    // [lab weighted-give-up]
    struct waiter *others = NULL;

    lock(lock_of(w));
    bool was_first = a->prev == NULL;

    line_remove(w, a);
    if (was_first)
        others = grant(w);
    unlock(lock_of(w));
    tell_all(others);
    // [lab weighted-give-up]
