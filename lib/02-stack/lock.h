/** @file lock.h  The runtime's own lock.
 *
 * For the runtime's data only, and for a few instructions at a time: a thread
 * that waits for it waits as a thread, and takes its goroutines with it.
 * What goroutines wait for one another with comes in chapter 7.
 *
 * key tells all:
 *   0  free
 *   1  taken, and nobody sleeps
 *   2  taken, and somebody may sleep in the kernel
 *
 * Whoever has slept takes the lock with 2, because it cannot know whether
 * others still sleep. At worst that costs one wake-up of nobody.
 *
 *     1  thread A                        2  thread B
 *        cas 0 -> 1: has it
 *                                           cas 0 -> 1 fails
 *                                           swap 2: was 1
 *        swap 0: was 2
 *                                           futex_wait(2): key is 0, so back
 *        futex_wake: nobody                 swap 2: was 0, has it
 *
 * Had B slept before A's swap, A would have seen the 2 and woken it. The
 * kernel compares and sleeps in one step, so there is nothing in between.
 *
 * The zero value is free. Mirrors Go's runtime/lock_futex.go.
 */
#ifndef LOCK_H
#define LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "atomic.h"

struct lock {
    ATOMIC(uint32_t) key;
};

// lock.c
void lock_slow(struct lock *l);
void lock_wake(struct lock *l);

// Take l, which this thread does not hold. What the last holder did is visible.
static inline void
lock(struct lock *l)
{
    uint32_t free = 0;
    bool taken = atomic_cas(&l->key, &free, 1);     // pairs with unlock

    if (__builtin_expect(!taken, 0))
        lock_slow(l);
}

// Give l back. Any thread may, if the holder has handed the duty over.
static inline void
unlock(struct lock *l)
{
    uint32_t was = atomic_swap(&l->key, 0);         // pairs with lock

    if (__builtin_expect(was == 2, 0))
        lock_wake(l);
}

#endif
