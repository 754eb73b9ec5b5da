// MISTAKE   The waiter is counted before the lock is taken.
// WHY       To count is one step, and needs no lock. But whoever sees it
//           counted looks for it on the list.
// GETS      A wake-up is lost: the counter is 0, and somebody sleeps.

    // [lab waitgroup-wait]
    struct g *gp = goroutine("go_waitgroup_wait");

    // Pairs with go_waitgroup_add.
    uint64_t state = atomic_load((state_t *)&wg->state);

    while (counter(state) != 0)
        if (atomic_cas((state_t *)&wg->state, &state, state + ONE_WAITER)) {
            lock(lock_of(wg));
            gp->next = wg->waiting;
            wg->waiting = gp;
            g_park(lock_of(wg), WAIT_WAITGROUP);
            break;
        }
    race_acquire(wg);
    // [lab waitgroup-wait]
