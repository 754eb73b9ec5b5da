// MISTAKE   It makes the mutex free, and then sees whether somebody is to be
//           woken.
// WHY       Go does so. But in C who locks it meanwhile may free it.
// CHECK     mutex-freed
// GETS      Memory is used after it was freed.

    // [lab mutex-unlock-slow]
    word_t *state = state_of(mu);
    uint32_t old = atomic_load_relaxed(state), new;

    if ((old & LOCKED) == 0)
        fatal("sync: unlock of unlocked mutex");
    old = atomic_add(state, -LOCKED);                   // pairs with lock
    do {
        new = old;
        if ((old & (LOCKED | WOKEN | STARVING)) == 0 && waiters(old) > 0)
            new = (old - ONE_WAITER) | WOKEN;
    } while (new != old && !atomic_cas(state, &old, new));
    if ((old & STARVING) != 0)
        sema_grant(sema_of(mu), true);
    else if (waiters(new) < waiters(old))
        sema_grant(sema_of(mu), false);
    // [lab mutex-unlock-slow]
