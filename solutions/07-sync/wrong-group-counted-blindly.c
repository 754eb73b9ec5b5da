// MISTAKE   Who has seen that the counter is not 0 counts itself.
// WHY       By an atomic addition, so nothing is lost. But it succeeds also
//           when the counter has become 0.
// GETS      The counter is 0, and somebody sleeps.

    // [lab waitgroup-sleep]
    uint64_t state = atomic_load(state_of(wg));     // pairs with add

    while (counter(state) != 0)
        {
            atomic_add(state_of(wg), 1);
            sleepers_wait(gp, sleepers_of(wg), WAIT_WAITGROUP);
            if (atomic_load(state_of(wg)) != 0)
                gopanic("sync: WaitGroup is reused before previous Wait has "
                        "returned");
            break;
        }
    race_acquire(wg);
    // [lab waitgroup-sleep]
