// MISTAKE   A thief claims first, and reads then what it has claimed.
// WHY       It is its own from then on. But the owner sees that there is room,
//           and puts something new into the slot.
// CHECK     deque-grow
// GETS      Not so: taken[(uintptr_t)x] == 1.

    // [lab deque-steal]
    for (;;) {
        int64_t top = atomic_load_acquire(&d->top); // pairs with the cas below

        atomic_fence();                             // pairs with deque_pop
        // Pairs with deque_push.
        if (top >= atomic_load_acquire(&d->bottom))
            return NULL;

        struct ring *r = atomic_load_acquire(&d->ring);     // pairs with grow
        // Pairs with deque_pop and others who steal.
        if (atomic_cas(&d->top, &top, top + 1))
            return ring_get(r, top);
    }
    // [lab deque-steal]
