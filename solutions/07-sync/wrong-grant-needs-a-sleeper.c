// MISTAKE   If nobody is on the list, there is nothing to do.
// WHY       Somebody was counted, and is on its way to the lock. It will find
//           no permit, and sleep.
// CHECK     mutex
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab sema-grant]
    struct sema_root *root = sema_root(sema);
    const bool alone = alone_begins();

    if (!alone)
        lock(&root->lock);

    struct sema_waiter *w = semaroot_get(root, sema);

    if (w != NULL)
        plain_add(&root->waiters, -1);
    if (alone)
        alone_ends();
    else
        unlock(&root->lock);
    if (w == NULL)
        return;
    w->handed = true;
    sema_wake(w->g, hand_over);
    if (!hand_over)
        share_next();
    // [lab sema-grant]
