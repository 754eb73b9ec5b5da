// MISTAKE   If nobody is on the list, the lock is kept.
// WHY       There is nothing more to do. But the lock is somebody's first
//           step.
// GETS      The lock of the root is never given back.

    // [lab sema-release]
    struct sema_root *root = sema_root(sema);

    atomic_add(sema, 1);                        // pairs with sema_acquire
    if (atomic_load(&root->waiters) == 0)       // pairs with sema_acquire
        return;
    lock(&root->lock);

    struct sema_waiter *w = semaroot_get(root, sema);

    if (w == NULL)
        return;
    atomic_add(&root->waiters, -1);
    unlock(&root->lock);

    const bool handed = hand_over && take(sema);

    w->handed = handed;
    sema_wake(w->g, handed);
    // [lab sema-release]
