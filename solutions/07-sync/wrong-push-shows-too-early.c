// MISTAKE   bottom moves before there is something in the slot.
// WHY       One line or the other first, it seems. But bottom is what a thief
//           goes by.
// CHECK     deque-last
// GETS      Not so: taken[i] == 1.

    // [lab deque-push]
    int64_t bottom = atomic_load_relaxed(&d->bottom);
    int64_t top = atomic_load_acquire(&d->top);     // pairs with deque_steal
    struct ring *r = atomic_load_relaxed(&d->ring);

    if (r == NULL || bottom - top >= r->size) {
        r = grow(d, r, top, bottom);
        if (r == NULL)
            return false;
    }
    atomic_store_release(&d->bottom, bottom + 1);   // pairs with deque_steal
    ring_put(r, bottom, x);
    return true;
    // [lab deque-push]
