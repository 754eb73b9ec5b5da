// MISTAKE   The permit is given, and who sleeps is woken as well.
// WHY       Who is woken has its permit by being woken. The other one is found by
//           whoever waits next, and that one goes on too early.
// CHECK     mutex
// GETS      All have ended, and a permit is left.

    // [lab sema-grant]
    struct sema_root *root = sema_root(sema);

    lock(&root->lock);

    struct sema_waiter *w = semaroot_get(root, sema);

    plain_add(sema, 1);
    if (w != NULL)
        plain_add(&root->waiters, -1);
    unlock(&root->lock);
    if (w == NULL)
        return;
    w->handed = true;
    sema_wake(w->g, hand_over);
    if (!hand_over)
        share_next();
    // [lab sema-grant]
