// MISTAKE   It counts itself, and goes on.
// WHY       The last done knows of it. But it is not waiting.
// GETS      wait returns, and the counter is not 0.

    // [lab waitgroup-sleep]
    uint64_t state = atomic_load(state_of(wg));     // pairs with add

    while (counter(state) != 0)
        if (atomic_cas(state_of(wg), &state, state + 1)) {
            (void)gp;
            break;
        }
    race_acquire(wg);
    // [lab waitgroup-sleep]
