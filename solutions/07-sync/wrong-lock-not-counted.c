// MISTAKE   Who waits does not count itself.
// WHY       It stands on the list of the semaphore. But unlock looks at the
//           state only.
// GETS      Somebody sleeps, and the state does not count him.

    // [lab mutex-lock-slow]
    word_t *state = state_of(mu);
    int64_t since = 0;
    bool again = false;                 // it has been asleep
    bool starving = false;              // and for too long
    bool awake = false;                 // WOKEN is about us
    uint32_t old = atomic_load_relaxed(state);

    for (int spins = 0;;) {
        if ((old & (LOCKED | STARVING)) == LOCKED && spin_helps(gp->m, spins)) {
            if (!awake && (old & WOKEN) == 0 && waiters(old) > 0)
                awake = atomic_cas(state, &old, old | WOKEN);
            spin_once();
            spins++;
            old = atomic_load_relaxed(state);
            continue;
        }

        const bool must_wait = (old & (LOCKED | STARVING)) != 0;
        uint32_t new = must_wait ? old : old | LOCKED;

        if (starving && (old & LOCKED) != 0)
            new |= STARVING;
        if (awake)
            new &= ~(uint32_t)WOKEN;
        if (!atomic_cas(state, &old, new))              // pairs with unlock
            continue;
        if (!must_wait)
            return;
        if (!again)
            since = world.now();
        sema_wait(gp, sema_of(mu), again, WAIT_MUTEX_LOCK);
        starving = starving || world.now() - since > STARVES_AFTER;
        old = atomic_load_relaxed(state);
        if ((old & STARVING) != 0)
            break;
        again = awake = true;
        spins = 0;
    }
    take_over(state, old, starving);
    // [lab mutex-lock-slow]
