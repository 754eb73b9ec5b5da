// MISTAKE   Behind a full ring nobody is looked for.
// WHY       The oldest value is received, and there is room now. But who waits
//           for it sleeps.
// GETS      There is room in the ring, and a sender still waits.

    // [lab chan-take]
    struct sudog *sg;

    *ready = NULL;
    if (atomic_load_relaxed(&c->count) > 0) {
        race_slot(c, c->recvx);
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
