// MISTAKE   It waits while state is not 0.
// WHY       State is 0 at the end. But it is not 0 for a moment longer than
//           the counter.
// GETS      The counter is 0, and somebody sleeps.

    // [lab waitgroup-sleep]
    uint64_t state = atomic_load(state_of(wg));     // pairs with add

    while (state != 0)
        if (atomic_cas(state_of(wg), &state, state + 1)) {
            sleepers_wait(gp, sleepers_of(wg), WAIT_WAITGROUP);
            if (atomic_load(state_of(wg)) != 0)
                gopanic("sync: WaitGroup is reused before previous Wait has "
                        "returned");
            break;
        }
    race_acquire(wg);
    // [lab waitgroup-sleep]
