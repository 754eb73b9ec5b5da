// MISTAKE   It looks under the lock, and then counts itself.
// WHY       The lock keeps others away: from the list. Who releases gives the
//           permit, and looks at the count, without it.
// GETS      A permit is there, and somebody sleeps.

    // [lab sema-acquire]
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    if (take(sema))
        return;
    do {
        lock(&root->lock);
        if (take(sema)) {
            unlock(&root->lock);
            return;
        }
        atomic_add(&root->waiters, 1);          // pairs with sema_release
        semaroot_put(root, &w, first);
        g_park(&root->lock, why);
    } while (!w.handed && !take(sema));
    // [lab sema-acquire]
