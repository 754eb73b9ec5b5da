// MISTAKE   It says that somebody is awake, and wakes nobody.
// WHY       The state is right. But a state does not wake anybody.
// CHECK     mutex
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab mutex-unlock-slow]
    word_t *state = state_of(mu);
    uint32_t old = atomic_load_relaxed(state), new;

    do {
        if ((old & LOCKED) == 0)
            fatal("sync: unlock of unlocked mutex");
        new = old - LOCKED;
        if ((old & (WOKEN | STARVING)) == 0 && waiters(old) > 0)
            new = (new - ONE_WAITER) | WOKEN;
    } while (!atomic_cas(state, &old, new));            // pairs with lock
    if ((old & STARVING) != 0)
        sema_grant(sema_of(mu), true);
    // [lab mutex-unlock-slow]
