// MISTAKE   Those that were woken stay counted.
// WHY       The counter is 0 already. But the waiters are in the same word.
// GETS      All were woken, and are still counted.

    // [lab wake-all]
    lock(lock_of(wg));

    struct g *gp = wg->waiting;

    wg->waiting = NULL;
    unlock(lock_of(wg));
    while (gp != NULL) {
        struct g *next = gp->next;

        g_ready(gp);
        gp = next;
    }
    // [lab wake-all]
