// MISTAKE   Who is taken off the list stays counted.
// WHY       It is on the list no more, and it is awake. The count is for those
//           on the list.
// GETS      Nobody waits, and somebody is still counted.

    // [lab sema-release]
    struct sema_root *root = sema_root(sema);

    atomic_add(sema, 1);                        // pairs with sema_acquire
    if (atomic_load(&root->waiters) == 0)       // pairs with sema_acquire
        return;
    lock(&root->lock);

    struct sema_waiter *w = semaroot_get(root, sema);

    unlock(&root->lock);
    if (w == NULL)
        return;

    const bool handed = hand_over && take(sema);

    w->handed = handed;
    sema_wake(w->g, handed);
    // [lab sema-release]
