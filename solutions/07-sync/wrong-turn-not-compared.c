// MISTAKE   The branch is locked, and not compared with what was seen of it.
// WHY       It has been looked at a moment ago. In that moment another one has
//           stored there.
// CHECK     map-store-store
// GETS      Not so: has(A, 1) && has(B, 7) && has(C, 3).

    // [lab map-place-lock]
    lock(&at->b->lock);
    if (!atomic_load_relaxed(&at->b->dead))
        return true;
    unlock(&at->b->lock);
    return false;
    // [lab map-place-lock]
