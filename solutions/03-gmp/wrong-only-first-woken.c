// MISTAKE   Only the first is woken.
// WHY       One done, one to be woken. But all wait for the same 0.
// GETS      Not all that waited for the group were woken.

    // [lab wake-all]
    lock(lock_of(wg));

    struct g *gp = wg->waiting;

    wg->waiting = NULL;
    atomic_store_release((state_t *)&wg->state, 0);     // pairs with wait
    unlock(lock_of(wg));
    if (gp != NULL)
        g_ready(gp);
    // [lab wake-all]
