// MISTAKE   The turn is counted first, and then the branch is changed.
// WHY       Both are done under the lock. But who looks takes no lock: it sees
//           the new turn, and the old child.
// CHECK     map-store-store
// GETS      Not so: has(A, 1) && has(B, 7) && has(C, 3).

    // [lab map-insert]
    struct entry *old = (struct entry *)at->first;
    struct node *node = &e->node;

    atomic_store_relaxed(&e->next, NULL);
    if (old != NULL && old->hash == e->hash)
        atomic_store_relaxed(&e->next, old);
    else if (old != NULL)
        node = &split(at->b, old, e)->node;
    race_release(e);

    bool done = place_lock(at);

    if (done) {
        at->b->used += old == NULL;
        changed(at->b);
        put(slot_at(at->b, e->hash), node);
        unlock(&at->b->lock);
    } else if (node != &e->node) {
        unsplit((struct branch *)node, e->hash);
    }
    return done;
    // [lab map-insert]
