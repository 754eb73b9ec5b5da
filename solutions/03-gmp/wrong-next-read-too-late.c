// MISTAKE   Who comes next is read after g_ready.
// WHY       The list is ours. But a goroutine that is ready is on another
//           list.
// CHECK     waiters
// GETS      all goroutines are asleep

    // [lab wake-all]
    lock(lock_of(wg));

    struct g *gp = wg->waiting;

    wg->waiting = NULL;
    // Pairs with go_waitgroup_wait.
    atomic_store_release((state_t *)&wg->state, 0);
    unlock(lock_of(wg));
    while (gp != NULL) {
        g_ready(gp);
        gp = gp->next;
    }
    // [lab wake-all]
