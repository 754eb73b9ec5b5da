// MISTAKE   It is written into w that a permit was handed over, after its
//           goroutine was made ready.
// WHY       w lies on the stack of a goroutine that may have gone on by now.
// GETS      A permit was handed over, and who got it waits for another.

    // [lab sema-release]
    struct sema_root *root = sema_root(sema);

    atomic_add(sema, 1);                        // pairs with sema_acquire
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

    g_ready(w->g);
    w->handed = handed;
    if (handed)
        proc_leave(then_last);
    // [lab sema-release]
