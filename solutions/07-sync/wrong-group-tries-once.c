// MISTAKE   If counting fails, it returns.
// WHY       The state has changed: somebody is done. But he need not be the
//           last.
// GETS      wait returns, and the counter is not 0.

    // [lab waitgroup-sleep]
    uint64_t state = atomic_load(state_of(wg));     // pairs with add

    if (counter(state) != 0)
        if (atomic_cas(state_of(wg), &state, state + 1)) {
            sleepers_wait(gp, sleepers_of(wg), WAIT_WAITGROUP);
            if (atomic_load(state_of(wg)) != 0)
                gopanic("sync: WaitGroup is reused before previous Wait has "
                        "returned");
        }
    race_acquire(wg);
    // [lab waitgroup-sleep]
