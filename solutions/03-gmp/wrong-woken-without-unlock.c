// MISTAKE   The lock is kept.
// WHY       Nobody seems to want it any more. But the group can be used again.
// GETS      The lock of the group is never given back.

    // [lab wake-all]
    lock(lock_of(wg));

    struct g *gp = wg->waiting;

    wg->waiting = NULL;
    atomic_store_release((state_t *)&wg->state, 0);     // pairs with wait
    while (gp != NULL) {
        struct g *next = gp->next;

        g_ready(gp);
        gp = next;
    }
    // [lab wake-all]
