// MISTAKE   The turn is read after the child.
// WHY       Both are read before the lock is taken. But what came between
//           belongs to the turn, and was not seen.
// CHECK     map-store-store
// GETS      Not so: has(A, 1) && has(B, 7) && has(C, 3).

    // [lab map-find]
    struct place at = { .b = root };

    for (;;) {
        // Pairs with changed, and with put.
        at.first = atomic_load_acquire(slot_at(at.b, hash));
        at.turn = atomic_load_acquire(&at.b->turn);
        if (at.first == NULL || at.first->kind == ENTRY)
            break;
        at.b = (struct branch *)at.first;
    }
    at.e = in_list(m, (struct entry *)at.first, hash, key);
    return at;
    // [lab map-find]
