/** @file channel_lock.h  One lock for all channels.
 *
 * A select has to look at several channels at one and the same moment. With one
 * lock for all that is no question, and there is no order of locks to keep: so
 * a first design would have it. Then two goroutines that have nothing to do
 * with one another wait for one another.
 *
 * A thread may take it again while it has it, as select does for each channel.
 */
#ifndef CHANNEL_LOCK_H
#define CHANNEL_LOCK_H

#include "alone.h"
#include "runtime.h"
#include "spin.h"

struct channel_lock {
    char nothing;
};

// channel_lock.c
extern struct one_lock {
    struct spin spin;
    ATOMIC(struct m *) owner;
    int depth;                  // Owner: the owner
} one_lock;

static inline void
channel_lock(struct channel_lock *l, bool alone)
{
    struct m *self = getg()->m;

    (void)l;
    if (alone)
        return;
    if (atomic_load_relaxed(&one_lock.owner) != self) {
        spin_lock(&one_lock.spin);
        atomic_store_relaxed(&one_lock.owner, self);
    }
    one_lock.depth++;
}

// Called by the thread that took it, if on another stack.
static inline void
channel_unlock(struct channel_lock *l, bool alone)
{
    (void)l;
    if (alone)
        alone_ends();
    if (alone || --one_lock.depth > 0)
        return;
    atomic_store_relaxed(&one_lock.owner, NULL);
    spin_unlock(&one_lock.spin);
}

// Nobody looks without the lock.
static inline bool
channel_look(const struct channel_lock *l, uint32_t *turn)
{
    (void)l;
    *turn = 0;
    return false;
}

#endif
