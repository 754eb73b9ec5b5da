// MISTAKE   The receiver gets its value, and is not fired.
// WHY       It has what it waits for. But it sleeps, and does not know.
// GETS      A receiver has its value, and is not to be made ready.

    // [lab chan-put]
    struct sudog *sg;

    *ready = NULL;
    race_read(c, 1);
    if (atomic_load_relaxed(&c->closed))
        return CLOSED;
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
        return DONE;
    }
    if (atomic_load_relaxed(&c->count) < c->cap) {
        race_slot(c, c->sendx);
        chan_copy(&c->ring[c->sendx], elem, c->elem_size);
        c->sendx = after(c, c->sendx);
        add_count(c, 1);
        return DONE;
    }
    return BLOCKS;
    // [lab chan-put]
