// MISTAKE   Who waits is woken, and then the permit is given.
// WHY       It looks like the polite order. But who wakes up finds no permit,
//           and sleeps again.
// GETS      A permit is there, and somebody sleeps.

    // [lab sema-release]
    struct sema_root *root = sema_root(sema);

    if (atomic_load(&root->waiters) == 0) {     // pairs with sema_acquire
        atomic_add(sema, 1);
        return;
    }
    lock(&root->lock);

    struct sema_waiter *w = semaroot_get(root, sema);

    if (w != NULL)
        atomic_add(&root->waiters, -1);
    unlock(&root->lock);
    if (w == NULL) {
        atomic_add(sema, 1);
        return;
    }

    w->handed = hand_over;
    g_ready(w->g);
    if (!hand_over)
        atomic_add(sema, 1);
    if (hand_over)
        proc_leave(then_last);
    // [lab sema-release]
