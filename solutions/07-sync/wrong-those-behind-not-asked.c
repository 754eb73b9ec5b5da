// MISTAKE   Who leaves the front of the line does not look who stands behind
//           it.
// WHY       Nothing was released. But the next in line may want less.
// CHECK     weighted-gives-up
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab weighted-give-up]
    struct waiter *others = NULL;

    lock(lock_of(w));
    if (a->granted) {
        unlock(lock_of(w));
        (void)go_recv(a->ready);        // until nobody looks at `a` any more
        go_weighted_release(w, a->n);
        return;
    }

    bool was_first = a->prev == NULL;

    line_remove(w, a);
    (void)was_first;
    unlock(lock_of(w));
    tell_all(others);
    // [lab weighted-give-up]
