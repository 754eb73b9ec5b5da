// MISTAKE   Nobody asks whether the branch is dead.
// WHY       Its turn is compared. But who came down to it after its last turn
//           finds that unchanged.
// CHECK     map-prune
// GETS      Not so: has(C, 3).

    // [lab map-place-lock]
    lock(&at->b->lock);
    if (atomic_load_relaxed(&at->b->turn) == at->turn)
        return true;
    unlock(&at->b->lock);
    return false;
    // [lab map-place-lock]
