// MISTAKE   The lock is kept if the counter is 0 by now.
// WHY       g_park gives it back. But only for who parks.
// GETS      The lock of the group is never given back.

    // [lab waitgroup-wait]
    struct g *gp = goroutine("go_waitgroup_wait");

    // Pairs with go_waitgroup_add.
    uint64_t state = atomic_load((state_t *)&wg->state);

    if (counter(state) != 0) {
        lock(lock_of(wg));
        state = atomic_load((state_t *)&wg->state);
        while (counter(state) != 0)
            if (atomic_cas((state_t *)&wg->state, &state, state + ONE_WAITER)) {
                gp->next = wg->waiting;
                wg->waiting = gp;
                g_park(lock_of(wg), WAIT_WAITGROUP);
                race_acquire(wg);
                return;
            }
    }
    race_acquire(wg);
    // [lab waitgroup-wait]
