// MISTAKE   After it has counted itself, it does not look again.
// WHY       It has looked already. But since then somebody may have released,
//           who saw nobody wait.
// GETS      A permit is there, and somebody sleeps.

    // [lab sema-acquire]
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    if (take(sema))
        return;
    do {
        lock(&root->lock);
        atomic_add(&root->waiters, 1);          // pairs with sema_release
        semaroot_put(root, &w, first);
        g_park(&root->lock, why);
    } while (!w.handed && !take(sema));
    // [lab sema-acquire]
