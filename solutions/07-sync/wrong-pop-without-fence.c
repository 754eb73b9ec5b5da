// MISTAKE   The owner takes back bottom, and looks at top, without a fence
//           between.
// WHY       The store stands before the load. But the processor keeps stores
//           back: a thief may not see it yet, and both take the last one.
// CHECK     deque-thieves-tso
// GETS      Not so: taken[(uintptr_t)x] == 1.

    // [lab deque-pop]
    int64_t bottom = atomic_load_relaxed(&d->bottom) - 1;
    int64_t top = atomic_load_relaxed(&d->top);
    void *x;

    // top only grows: so it is empty, and nothing need be claimed.
    if (top > bottom)
        return NULL;
    atomic_store_release(&d->bottom, bottom);       // pairs with deque_steal
    top = atomic_load_relaxed(&d->top);
    x = ring_get(atomic_load_relaxed(&d->ring), bottom);
    if (top < bottom)
        return x;                                   // thieves are elsewhere
    // The last one, if it is not gone.
    if (top > bottom || !atomic_cas(&d->top, &top, top + 1))
        x = NULL;                                   // pairs with deque_steal
    atomic_store_release(&d->bottom, bottom + 1);   // pairs with deque_steal
    return x;
    // [lab deque-pop]
