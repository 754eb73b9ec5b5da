/** @file mutex.c  Mutual exclusion: the usual case.
 *
 * A mutex that is free is taken in one step, and given back in one, if nobody
 * waits for it. The rest is in mutexslow.c.
 *
 * Mirrors Go's sync/mutex.go.
 */
#include "mutex.h"

// mu must be where it was used first, if it was used.
static void
check_copied(const struct go_mutex *mu)
{
    const ATOMIC(void *) *self = (const void *)&mu->self;
    const void *was = atomic_load_relaxed(self);

    if (was != NULL && was != mu)
        fatal("sync: this mutex was copied or moved after its first use "
              "(share a pointer to it)");
}

// The same; the caller has mu. From now on it is used.
static inline void
check_self(struct go_mutex *mu)
{
    ATOMIC(void *) *self = (void *)&mu->self;

    if (__builtin_expect(mu->self == mu, 1))
        return;
    check_copied(mu);
    atomic_tell(self, mu);
}

void
go_mutex_lock(struct go_mutex *mu)
{
    struct g *gp = goroutine("go_mutex_lock");

    // Pairs with unlock.
    if (!step_cas(state_of(mu), 0, LOCKED, procs_alone)) {
        check_copied(mu);
        mutex_lock_slow(gp, mu);
    }
    race_acquire(mu);
    check_self(mu);
}

bool
go_mutex_try_lock(struct go_mutex *mu)
{
    goroutine("go_mutex_try_lock");
    uint32_t old = atomic_load_relaxed(state_of(mu));

    if ((old & (LOCKED | STARVING)) != 0 ||
        !step_cas(state_of(mu), old, old | LOCKED, procs_alone))
        return false;
    race_acquire(mu);
    check_self(mu);
    return true;
}

void
go_mutex_unlock(struct go_mutex *mu)
{
    goroutine("go_mutex_unlock");

    if (__builtin_expect(mu->self != mu, 0))
        check_copied(mu);
    race_release(mu);
    // Pairs with lock.
    if (!step_cas(state_of(mu), LOCKED, 0, procs_alone))
        mutex_unlock_slow(mu);
}
