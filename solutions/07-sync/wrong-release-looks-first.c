// MISTAKE   It looks whether anybody waits, and then gives the permit.
// WHY       If nobody waits there is nobody to wake. But somebody may come
//           between the two, and find no permit yet.
// GETS      A permit is there, and somebody sleeps.

    // [lab sema-release]
    struct sema_root *root = sema_root(sema);

    if (atomic_load(&root->waiters) == 0) {     // pairs with sema_acquire
        atomic_add(sema, 1);                    // pairs with sema_acquire
        return;
    }
    atomic_add(sema, 1);
    lock(&root->lock);

    struct sema_waiter *w = semaroot_get(root, sema);

    if (w != NULL)
        atomic_add(&root->waiters, -1);
    unlock(&root->lock);
    if (w == NULL)
        return;

    const bool handed = hand_over && take(sema);

    w->handed = handed;
    sema_wake(w->g, handed);
    // [lab sema-release]
