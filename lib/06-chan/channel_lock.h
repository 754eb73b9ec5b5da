/** @file channel_lock.h  The lock of a channel, which counts its turns.
 *
 * A spin lock: a channel is held for some ten instructions, and by a select that
 * parks for some more. Giving it back is a plain store.
 *
 * turn grows by one with each turn that somebody has had. So whoever looks at
 * the channel without the lock, and finds it free and at the same turn before
 * and after, has seen what it was in between: nobody has changed it meanwhile. A
 * select with a default needs no more.
 *
 * Each channel has its own. An older design had one for all: see
 * history/one-lock.
 */
#ifndef CHANNEL_LOCK_H
#define CHANNEL_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "alone.h"

struct channel_lock {
    ATOMIC(bool) taken;
    ATOMIC(uint32_t) turn;      // written by whoever has the lock
};

// channel_lock.c
void channel_wait(struct channel_lock *l);

// The caller says whether it is alone (alone_begins). If it is, there is nobody to
// lock out; and it is not any more once it has given the channel back.
static inline void
channel_lock(struct channel_lock *l, bool alone)
{
    if (alone)
        return;

    bool taken = atomic_swap(&l->taken, true);      // pairs with channel_unlock

    if (__builtin_expect(taken, 0))
        channel_wait(l);
}

static inline void
channel_unlock(struct channel_lock *l, bool alone)
{
    if (alone) {
        alone_ends();
        return;
    }

    uint32_t turn = atomic_load_relaxed(&l->turn);

    // Not before it has been taken: else what was seen before would seem to be of
    // this turn. Pairs with channel_look.
    atomic_store_release(&l->turn, turn + 1);
    // Pairs with channel_lock and channel_look.
    atomic_store_release(&l->taken, false);
}

// A look without the lock begins, or ends: at which turn? False if the lock is
// taken. What was read between two looks at the same turn, and before an
// atomic_fence_acquire, was so all the time.
static inline bool
channel_look(const struct channel_lock *l, uint32_t *turn)
{
    *turn = atomic_load_acquire(&l->turn);          // pairs with channel_unlock
    return !atomic_load_acquire(&l->taken);         // pairs with channel_unlock
}

#endif
