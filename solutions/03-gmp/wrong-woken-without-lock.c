// MISTAKE   The list is taken without its lock.
// WHY       The counter is 0, so nobody comes any more. But somebody who was
//           counted may still be on its way.
// GETS      A goroutine is made ready while it still runs.

    // [lab wake-all]
    struct g *gp = wg->waiting;

    wg->waiting = NULL;
    atomic_store_release((state_t *)&wg->state, 0);     // pairs with wait
    while (gp != NULL) {
        struct g *next = gp->next;

        g_ready(gp);
        gp = next;
    }
    // [lab wake-all]
