// MISTAKE   The value of a sender that waits is received before those in the
//           ring.
// WHY       It is at hand. But the ring has older ones.
// CHECK     take-behind-ring
// GETS      A value overtakes those that were sent before it.

    // [lab chan-take]
    struct sudog *sg;

    *ready = NULL;
    if (atomic_load_relaxed(&c->count) > 0) {
        race_slot(c, c->recvx);
        if ((sg = waitq_get(&c->sendq)) != NULL) {
            race_slot_g(c, c->recvx, sg->g);
            if (elem != NULL)
                chan_copy(elem, sg->elem, c->elem_size);
            *ready = fire(sg, true);
            return DONE;
        }
        if (elem != NULL)
            chan_copy(elem, &c->ring[c->recvx], c->elem_size);
        c->recvx = after(c, c->recvx);
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
