// MISTAKE   A branch is unlinked, and nobody is told.
// WHY       It is empty, and not found any more. But somebody has found it
//           before, and is about to put something there.
// CHECK     map-prune
// GETS      Not so: has(C, 3).

    // [lab map-prune]
    while (b->parent != NULL && b->used == 0) {
        struct branch *parent = b->parent;

        lock(&parent->lock);
        // Then somebody clears the map, and comes to b.
        if (atomic_load_relaxed(&parent->dead)) {
            unlock(&parent->lock);
            break;
        }
        parent->used--;
        put(slot_at(parent, hash), NULL);
        changed(parent);
        unlock(&b->lock);
        map_retire(m, &b->node);
        b = parent;
    }
    unlock(&b->lock);
    // [lab map-prune]
