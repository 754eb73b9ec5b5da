// MISTAKE   It comes to the list, and is not counted.
// WHY       Who releases sees it on the list. But to look there it would need
//           the lock, and without anybody counted it does not take it.
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
        semaroot_put(root, &w, first);
        g_park(&root->lock, why);
    } while (!w.handed && !take(sema));
    // [lab sema-acquire]
