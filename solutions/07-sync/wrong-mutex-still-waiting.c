// MISTAKE   Whoever the mutex was handed over to still counts as waiting.
// WHY       Unlock in normal mode counts it off, and here nobody did.
// CHECK     mutex-starving
// GETS      All have ended, and the mutex is not as at the beginning.

    // [lab mutex-take-over]
    uint32_t change = LOCKED;

    if ((old & (LOCKED | WOKEN)) != 0 || waiters(old) == 0)
        fatal("sync: inconsistent mutex state");
    if (!starving || waiters(old) == 1)
        change -= STARVING;
    atomic_add(state, change);
    // [lab mutex-take-over]
