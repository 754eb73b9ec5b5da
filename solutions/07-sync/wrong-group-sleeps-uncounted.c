// MISTAKE   It sleeps, and is not counted.
// WHY       The last done will give a permit to each that waits. To each that
//           is counted.
// GETS      The counter is 0, and somebody sleeps.

    // [lab waitgroup-sleep]
    uint64_t state = atomic_load(state_of(wg));     // pairs with add

    while (counter(state) != 0)
        {
            sleepers_wait(gp, sleepers_of(wg), WAIT_WAITGROUP);
            if (atomic_load(state_of(wg)) != 0)
                gopanic("sync: WaitGroup is reused before previous Wait has "
                        "returned");
            break;
        }
    race_acquire(wg);
    // [lab waitgroup-sleep]
