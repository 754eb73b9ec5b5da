// MISTAKE   Who waits takes the place of those that wait already.
// WHY       The list is one pointer, so it is set. But it was the way to the
//           others.
// GETS      A goroutine waits for a group, and is not on its list.

    // [lab waitgroup-wait]
    struct g *gp = goroutine("go_waitgroup_wait");

    // Pairs with go_waitgroup_add.
    uint64_t state = atomic_load((state_t *)&wg->state);

    if (counter(state) != 0) {
        lock(lock_of(wg));
        state = atomic_load((state_t *)&wg->state);
        while (counter(state) != 0)
            if (atomic_cas((state_t *)&wg->state, &state, state + ONE_WAITER)) {
                gp->next = NULL;
                wg->waiting = gp;
                g_park(lock_of(wg), WAIT_WAITGROUP);
                race_acquire(wg);
                return;
            }
        unlock(lock_of(wg));
    }
    race_acquire(wg);
    // [lab waitgroup-wait]
