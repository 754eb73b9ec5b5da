// MISTAKE   Who was woken takes a permit, also if one was handed over.
// WHY       A permit that is handed over is in the word no more.
// GETS      A permit was handed over, and who got it waits for another.

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
            unlock(&root->lock);
            return;
        }
        semaroot_put(root, &w, first);
        g_park(&root->lock, why);
    } while (!take(sema));
    // [lab sema-acquire]
