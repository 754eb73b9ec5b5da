// MISTAKE   Who waits for a permit takes any wake-up for one.
// WHY       Somebody may look for those who wait for a semaphore that was there
//           before, and is gone. What he gave, somebody else has taken.
// CHECK     reuse-rwmutex
// GETS      A reader is in, and a writer, too.

    // [lab sema-wait]
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    lock(&root->lock);
    if (sema_take_alone(sema)) {
        unlock(&root->lock);
        return;
    }
    plain_add(&root->waiters, 1);
    semaroot_put(root, &w, first);
    g_park(&root->lock, why);
    // [lab sema-wait]
