// MISTAKE   The list is left as it is.
// WHY       All on it were woken. But the next time they are woken once more.
// GETS      Who was woken is still on the list.

    // [lab wake-all]
    lock(lock_of(wg));

    struct g *gp = wg->waiting;

    atomic_store_release((state_t *)&wg->state, 0);     // pairs with wait
    unlock(lock_of(wg));
    while (gp != NULL) {
        struct g *next = gp->next;

        g_ready(gp);
        gp = next;
    }
    // [lab wake-all]
