// MISTAKE   The owner takes the last one as it takes any other.
// WHY       It is at its own end. But when there is one left, both ends are
//           the same.
// CHECK     deque-last
// GETS      Not so: taken[(uintptr_t)x] == 1.

    // [lab deque-pop]
    int64_t bottom = atomic_load_relaxed(&d->bottom) - 1;
    int64_t top = atomic_load_relaxed(&d->top);
    void *x;

    // top only grows: so it is empty, and nothing need be claimed.
    if (top > bottom)
        return NULL;
    atomic_store_release(&d->bottom, bottom);       // pairs with deque_steal
    atomic_fence();                                 // pairs with deque_steal
    top = atomic_load_relaxed(&d->top);
    x = ring_get(atomic_load_relaxed(&d->ring), bottom);
    if (top < bottom)
        return x;                                   // thieves are elsewhere
    if (top > bottom)
        x = NULL;
    else
        atomic_store_release(&d->top, top + 1);
    atomic_store_release(&d->bottom, bottom + 1);   // pairs with deque_steal
    return x;
    // [lab deque-pop]
