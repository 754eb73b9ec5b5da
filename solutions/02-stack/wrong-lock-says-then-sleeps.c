// MISTAKE   First a look whether the lock is free, then the 2 is written.
// WHY       Each of the two steps is right. Between them the holder gives the
//           lock back, and then there is a 2 that nobody takes out.
// GETS      Everybody sleeps, and nobody has the lock.

    // [lab lock-slow]
    int error = errno;

    for (int i = 0; i < SPIN_LOOKS; i++) {
        for (int k = 0; k < SPIN_RELAXES; k++)
            cpu_relax();

        uint32_t free = 0;

        if (atomic_cas(&l->key, &free, 1))          // pairs with unlock
            return;
    }
    for (;;) {
        uint32_t free = 0;

        if (atomic_cas(&l->key, &free, 2))
            break;
        atomic_store(&l->key, 2);
        world.futex_wait(&l->key.atomic_value, 2, -1);
    }
    errno = error;
    // [lab lock-slow]
