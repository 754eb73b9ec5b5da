// MISTAKE   recvx stays where it was.
// WHY       The value has been fetched, and counted off. But the next one lies
//           further on.
// GETS      The same value is received twice.

    // [lab chan-take]
    struct sudog *sg;

    *ready = NULL;
    if (atomic_load_relaxed(&c->count) > 0) {
        race_slot(c, c->recvx);
        if (elem != NULL)
            chan_copy(elem, &c->ring[c->recvx], c->elem_size);
        // The ring is full if somebody waits to send: so the oldest place is
        // the place for the newest.
        if ((sg = waitq_get(&c->sendq)) != NULL) {
            race_slot_g(c, c->recvx, sg->g);
            chan_copy(&c->ring[c->recvx], sg->elem, c->elem_size);
            c->recvx = c->sendx = after(c, c->recvx);
            *ready = fire(sg, true);
            return DONE;
        }
        add_count(c, -(size_t)1);
        return DONE;
    }
    if (atomic_load_relaxed(&c->closed)) {
        race_acquire(c);
        if (elem != NULL)
            race_zero(elem, c->elem_size);
        return CLOSED;
    }
    if ((sg = waitq_get(&c->sendq)) != NULL) {
        race_meet(c, sg->g);
        if (elem != NULL)
            chan_copy(elem, sg->elem, c->elem_size);
        *ready = fire(sg, true);
        return DONE;
    }
    return BLOCKS;
    // [lab chan-take]
