// MISTAKE   Who waits is on the list, and is not counted.
// WHY       The list is what counts. But the last done looks at the number.
// GETS      A wake-up is lost: the counter is 0, and somebody sleeps.

    // [lab waitgroup-wait]
    struct g *gp = goroutine("go_waitgroup_wait");

    // Pairs with go_waitgroup_add.
    uint64_t state = atomic_load((state_t *)&wg->state);

    if (counter(state) != 0) {
        lock(lock_of(wg));
        state = atomic_load((state_t *)&wg->state);
        while (counter(state) != 0)
            if (atomic_cas((state_t *)&wg->state, &state, state)) {
                gp->next = wg->waiting;
                wg->waiting = gp;
                g_park(lock_of(wg), WAIT_WAITGROUP);
                race_acquire(wg);
                return;
            }
        unlock(lock_of(wg));
    }
    race_acquire(wg);
    // [lab waitgroup-wait]
