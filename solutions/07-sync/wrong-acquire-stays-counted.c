// MISTAKE   It finds a permit after all, and stays counted.
// WHY       It was counted a moment ago. From now on each release takes the
//           lock for nothing.
// GETS      Nobody waits, and somebody is still counted.

    // [lab sema-acquire]
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    if (take(sema))
        return;
    do {
        lock(&root->lock);
        atomic_add(&root->waiters, 1);          // pairs with sema_release
        if (take(sema)) {
            unlock(&root->lock);
            return;
        }
        semaroot_put(root, &w, first);
        g_park(&root->lock, why);
    } while (!w.handed && !take(sema));
    // [lab sema-acquire]
