// MISTAKE   Who was woken goes on.
// WHY       Somebody has released, and woken it. But whoever comes meanwhile
//           finds the permit, too.
// GETS      Somebody goes on, and has taken no permit.

    // [lab sema-acquire]
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    if (take(sema))
        return;
    {
        lock(&root->lock);
        atomic_add(&root->waiters, 1);          // pairs with sema_release
        if (take(sema)) {
            atomic_add(&root->waiters, -1);
            unlock(&root->lock);
            return;
        }
        semaroot_put(root, &w, first);
        g_park(&root->lock, why);
    }
    // [lab sema-acquire]
