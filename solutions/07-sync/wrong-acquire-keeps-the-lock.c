// MISTAKE   It finds a permit after all, and keeps the lock of the root.
// WHY       g_park gives it back. But only for who parks.
// GETS      The lock of the root is never given back.

    // [lab sema-acquire]
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    if (take(sema))
        return;
    do {
        lock(&root->lock);
        atomic_add(&root->waiters, 1);          // pairs with sema_release
        if (take(sema)) {
            atomic_add(&root->waiters, -1);
            return;
        }
        semaroot_put(root, &w, first);
        g_park(&root->lock, why);
    } while (!w.handed && !take(sema));
    // [lab sema-acquire]
