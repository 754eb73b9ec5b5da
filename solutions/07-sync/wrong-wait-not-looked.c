// MISTAKE   Who waits does not look whether its permit is there already.
// WHY       It was counted before it came to the lock, so it may have been
//           granted one by then. Nobody grants it a second one.
// CHECK     mutex
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab sema-wait]
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    lock(&root->lock);
    plain_add(&root->waiters, 1);
    semaroot_put(root, &w, first);
    g_park(&root->lock, why);
    // [lab sema-wait]
