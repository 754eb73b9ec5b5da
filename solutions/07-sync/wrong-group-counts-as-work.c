// MISTAKE   It adds itself to the counter.
// WHY       The counter is the number that one waits for. Who waits would wait
//           for itself.
// GETS      All are done, and the counter is not 0.

    // [lab waitgroup-sleep]
    uint64_t state = atomic_load(state_of(wg));     // pairs with add

    while (counter(state) != 0)
        if (atomic_cas(state_of(wg), &state, state + ((uint64_t)1 << 32))) {
            sleepers_wait(gp, sleepers_of(wg), WAIT_WAITGROUP);
            if (atomic_load(state_of(wg)) != 0)
                gopanic("sync: WaitGroup is reused before previous Wait has "
                        "returned");
            break;
        }
    race_acquire(wg);
    // [lab waitgroup-sleep]
