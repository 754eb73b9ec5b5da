// MISTAKE   Who comes next is read after g_ready.
// WHY       The list is ours. But a goroutine that is ready is on another list.
// CHECK     wake-three
// GETS      Not all that waited for the group were woken.

    // [lab wake-all]
    lock(lock_of(wg));

    struct g *gp = wg->waiting;

    wg->waiting = NULL;
    atomic_store_release((state_t *)&wg->state, 0);     // pairs with wait
    unlock(lock_of(wg));
    while (gp != NULL) {
        g_ready(gp);
        gp = gp->next;
    }
    // [lab wake-all]
