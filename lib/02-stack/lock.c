/** @file lock.c  What a thread does when the lock is taken. */
#include "runtime.h"

#include "lock.h"
#include "relax.h"

// Take l after all. The first try has failed. errno stays: whoever calls the
// runtime need not know that it waited.
void
lock_slow(struct lock *l)
{
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
        uint32_t was = atomic_swap(&l->key, 2);     // pairs with unlock

        if (was == 0)
            break;
        world.futex_wait(&l->key.atomic_value, 2, -1);
    }
    errno = error;
    // [lab lock-slow]
}

// l is free now, and somebody may sleep.
void
lock_wake(struct lock *l)
{
    world.futex_wake(&l->key.atomic_value, 1);
}
