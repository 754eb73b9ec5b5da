// MISTAKE   Who has slept takes the lock without asking again.
// WHY       Somebody woke us, so it is our turn. But another thread may have
//           come by and taken it; and futex_wait may return for no reason.
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
    if (atomic_swap(&l->key, 2) != 0)
        world.futex_wait(&l->key.atomic_value, 2, -1);
    errno = error;
    // [lab lock-slow]
