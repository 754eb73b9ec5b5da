// MISTAKE   There is room in the ring, so the value goes there.
// WHY       A value in the ring is safe. But who sleeps does not look for it.
// GETS      A receiver waits, and the value goes into the ring.

    // [lab chan-put]
    struct sudog *sg;

    *ready = NULL;
    race_read(c, 1);
    if (atomic_load_relaxed(&c->closed))
        return CLOSED;
    if (atomic_load_relaxed(&c->count) < c->cap) {
        race_slot(c, c->sendx);
        chan_copy(&c->ring[c->sendx], elem, c->elem_size);
        c->sendx = after(c, c->sendx);
        add_count(c, 1);
        return DONE;
    }
    if ((sg = waitq_get(&c->recvq)) != NULL) {
        if (c->cap == 0) {
            race_meet(c, sg->g);
        } else {
            race_slot(c, c->recvx);
            race_slot_g(c, c->recvx, sg->g);
            c->recvx = c->sendx = after(c, c->recvx);
        }
        if (sg->elem != NULL)
            chan_copy(sg->elem, elem, c->elem_size);
        *ready = fire(sg, true);
        return DONE;
    }
    return BLOCKS;
    // [lab chan-put]
