// MISTAKE   The list is looked at under the lock, and the permit given under the
//           lock, but in between it is free.
// WHY       Whoever was counted comes in between, finds no permit, and sleeps.
// CHECK     mutex
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab sema-grant]
    struct sema_root *root = sema_root(sema);

    lock(&root->lock);

    struct sema_waiter *w = semaroot_get(root, sema);

    unlock(&root->lock);
    lock(&root->lock);
    plain_add(w != NULL ? &root->waiters : sema, w != NULL ? -1 : 1);
    unlock(&root->lock);
    if (w == NULL)
        return;
    w->handed = true;
    sema_wake(w->g, hand_over);
    if (!hand_over)
        share_next();
    // [lab sema-grant]
