// MISTAKE   A select that has no case to wait for has locks to give back.
// WHY       There is room for sudogs, and gp->waiting leads there. But if each
//           channel is NULL, none of them is one.
// GETS      A select of channels that are NULL has locks to give back.

    // [lab select-wait]
    for (size_t i = 0; i < m; i++) {
        const struct go_case *k = &cases[order[i]];
        struct chan *c = (struct chan *)k->ch;

        sgs[i] = (struct sudog){
            .g = gp, .c = c, .elem = k->elem, .bytes = c->elem_size,
            .index = order[i],
            .is_select = true,
            .waitlink = i + 1 < m ? &sgs[i + 1] : NULL,
        };
        waitq_put(queue_of(c, k), &sgs[i]);
    }
    gp->waiting = sgs;
    atomic_store_relaxed(&gp->select_done, 0);

    struct sudog *fired =
        g_park_with(gp, alone ? NULL : release_all, WAIT_SELECT);

    for (size_t i = 0; i < m; i++) {
        struct sudog *sg = &sgs[i];

        if (sg->c == fired->c)
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
