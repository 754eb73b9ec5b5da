// MISTAKE   The value is copied to where the receiver says.
// WHY       It waits for the value. But one who only waits for an event names
//           no place.
// GETS      A receiver that drops the value gets it all the same.

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
        chan_copy(sg->elem, elem, c->elem_size);
        *ready = fire(sg, true);
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
