// MISTAKE   Nobody turns the mutex back from starvation mode.
// WHY       It works on; but each unlock hands it over from now on, and that is
//           slow.
// CHECK     mutex-starving
// GETS      All have ended, and the mutex is not as at the beginning.

    // [lab mutex-take-over]
    uint32_t change = LOCKED - ONE_WAITER;

    if ((old & (LOCKED | WOKEN)) != 0 || waiters(old) == 0)
        fatal("sync: inconsistent mutex state");
    (void)starving;
    atomic_add(state, change);
    // [lab mutex-take-over]
