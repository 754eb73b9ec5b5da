// MISTAKE   Who waits looks for its permit, and then takes the lock.
// WHY       It may be granted in between: nobody is on the list yet, so the
//           permit stays, and nobody looks for it any more.
// CHECK     mutex
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab sema-wait]
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    if (atomic_load(sema) > 0) {
        atomic_add(sema, -1);
        return;
    }
    lock(&root->lock);
    plain_add(&root->waiters, 1);
    semaroot_put(root, &w, first);
    g_park(&root->lock, why);
    // [lab sema-wait]
