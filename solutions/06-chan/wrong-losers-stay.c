// MISTAKE   Only the case that fired is off its list.
// WHY       The others are passed over, because select_done is 1. But their
//           sudogs are gone with the stack.
// CHECK     picks-recv
// GETS      The select is over, and a case of it is still on a list.

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
    gp->waiting = m > 0 ? sgs : NULL;
    atomic_store_relaxed(&gp->select_done, 0);

    struct sudog *fired =
        g_park_with(gp, alone ? NULL : release_all, WAIT_SELECT);

    const struct go_case *k = &cases[fired->index];

    if (k->what == RECEIVE && k->elem != NULL)
        race_write(k->elem, fired->bytes);
    finish(k, fired->success ? DONE : CLOSED, NULL);
    return fired->index;
    // [lab select-wait]
