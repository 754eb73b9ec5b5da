// MISTAKE   The lock is seen to be free, and then taken, in two steps.
// WHY       Between the two somebody else sees it free.
// CHECK     lock3
// GETS      Two threads have the lock at the same time.

    // [lab lock-slow]
    int error = errno;

    for (int i = 0; i < SPIN_LOOKS; i++) {
        for (int k = 0; k < SPIN_RELAXES; k++)
            cpu_relax();

        uint32_t free = 0;

        free = atomic_load(&l->key);
        if (free == 0) {
            atomic_store(&l->key, 1);
            return;
        }
    }
    for (;;) {
        uint32_t was = atomic_swap(&l->key, 2);     // pairs with unlock

        if (was == 0)
            break;
        world.futex_wait(&l->key.atomic_value, 2, -1);
    }
    errno = error;
    // [lab lock-slow]
