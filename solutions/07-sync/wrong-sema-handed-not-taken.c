// MISTAKE   It says that a permit is handed over, and leaves it there.
// WHY       Who is woken need not take it, so it is forgotten. Then there is one
//           too many.
// GETS      A permit is left.

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

    // He waits, so the word is still there; and he is gone once he is ready.
    const bool handed = hand_over;

    w->handed = handed;
    sema_wake(w->g, handed);
    // [lab sema-release]
