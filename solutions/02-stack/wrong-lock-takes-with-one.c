// MISTAKE   Who has slept takes the lock with 1.
// WHY       1 means taken. But others may still sleep, and nobody will know.
// CHECK     lock3
// GETS      A thread asks for the lock again and again, and does not sleep.

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
        uint32_t was = atomic_swap(&l->key, 1);     // pairs with unlock

        if (was == 0)
            break;
        world.futex_wait(&l->key.atomic_value, 2, -1);
    }
    errno = error;
    // [lab lock-slow]
