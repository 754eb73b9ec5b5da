// MISTAKE   It sleeps only if the key is 1.
// WHY       1 means taken. But we have just made a 2 of it.
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
    while (atomic_swap(&l->key, 2) != 0)
        world.futex_wait(&l->key.atomic_value, 1, -1);
    errno = error;
    // [lab lock-slow]
