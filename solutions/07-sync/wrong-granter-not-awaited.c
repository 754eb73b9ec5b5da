// MISTAKE   Who was granted something after all goes away with it at once.
// WHY       It has it, and gives it back. But the one who granted it is about
//           to close its channel.
// CHECK     weighted-late
// GETS      Memory is used after it was freed.

    // [lab weighted-give-up]
    struct waiter *others = NULL;

    lock(lock_of(w));
    if (a->granted) {
        unlock(lock_of(w));
        go_weighted_release(w, a->n);
        return;
    }

    bool was_first = a->prev == NULL;

    line_remove(w, a);
    if (was_first)
        others = grant(w);
    unlock(lock_of(w));
    tell_all(others);
    // [lab weighted-give-up]
