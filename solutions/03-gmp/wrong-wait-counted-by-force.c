// MISTAKE   The waiter is counted without a look at the counter.
// WHY       The lock is held, so nobody changes anything. But done takes no
//           lock.
// GETS      A wake-up is lost: the counter is 0, and somebody sleeps.

    // [lab waitgroup-wait]
    struct g *gp = goroutine("go_waitgroup_wait");

    // Pairs with go_waitgroup_add.
    uint64_t state = atomic_load((state_t *)&wg->state);

    if (counter(state) != 0) {
        lock(lock_of(wg));
        state = atomic_load((state_t *)&wg->state);
        if (counter(state) != 0) {
            atomic_add((state_t *)&wg->state, ONE_WAITER);
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
