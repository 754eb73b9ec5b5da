// MISTAKE   The index is that in the order of locks.
// WHY       It is the i-th. But the program has them in another order.
// GETS      The select tells of another case than the one that was done.

    // [lab select-wait]
    for (size_t i = 0; i < m; i++) {
        const struct go_case *k = &cases[order[i]];
        struct chan *c = (struct chan *)k->ch;

        sgs[i] = (struct sudog){
            .g = gp, .c = c, .elem = k->elem, .bytes = c->elem_size,
            .index = (uint32_t)i,
            .is_select = true,
            .waitlink = i + 1 < m ? &sgs[i + 1] : NULL,
        };
        waitq_put(queue_of(c, k), &sgs[i]);
    }
    gp->waiting = m > 0 ? sgs : NULL;
    atomic_store_relaxed(&gp->select_done, 0);

    struct sudog *fired =
        g_park_with(gp, alone ? NULL : release_all, WAIT_SELECT);

    for (size_t i = 0; i < m; i++) {
        struct sudog *sg = &sgs[i];

        if (sg == fired)
            continue;
        alone = alone_begins();
        channel_lock(&sg->c->lock, alone);
        if (sg->queued)
            waitq_remove(queue_of(sg->c, &cases[sg->index]), sg);
        channel_unlock(&sg->c->lock, alone);
    }

    const struct go_case *k = &cases[fired->index];

    if (k->what == RECEIVE && k->elem != NULL)
        race_write(k->elem, fired->bytes);
    finish(k, fired->success ? DONE : CLOSED, NULL);
    return fired->index;
    // [lab select-wait]
