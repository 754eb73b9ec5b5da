// MISTAKE   The word is set to 1.
// WHY       There was no permit, or nobody would wait. But another may have
//           been given a moment ago.
// GETS      Two permits were given, and one is lost.

    // [lab sema-release]
    struct sema_root *root = sema_root(sema);

    atomic_store(sema, 1);                      // pairs with sema_acquire
    if (atomic_load(&root->waiters) == 0)       // pairs with sema_acquire
        return;
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
