// MISTAKE   In starvation mode, too, unlock counts off who is to have it.
// WHY       In normal mode it does. Here he does it himself.
// CHECK     mutex-starving
// GETS      The runtime ends the process: fatal error: sync: inconsistent mutex state

    // [lab mutex-unlock-slow]
    word_t *state = state_of(mu);
    uint32_t old = atomic_load_relaxed(state), new;

    do {
        if ((old & LOCKED) == 0)
            fatal("sync: unlock of unlocked mutex");
        new = old - LOCKED;
        if ((old & WOKEN) == 0 && waiters(old) > 0)
            new = (new - ONE_WAITER) | ((old & STARVING) != 0 ? 0 : WOKEN);
    } while (!atomic_cas(state, &old, new));            // pairs with lock
    if ((old & STARVING) != 0)
        sema_grant(sema_of(mu), true);
    else if (waiters(new) < waiters(old))
        sema_grant(sema_of(mu), false);
    // [lab mutex-unlock-slow]
