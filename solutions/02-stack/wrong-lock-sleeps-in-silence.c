// MISTAKE   Who sleeps does not say so in the key.
// WHY       It is taken already, so 1 seems to be enough.
// CHECK     lock
// GETS      A thread sleeps, and nobody will wake it: the lock is free.

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

        if (atomic_cas(&l->key, &free, 1))
            break;
        world.futex_wait(&l->key.atomic_value, 1, -1);
    }
    errno = error;
    // [lab lock-slow]
