/** @file mutex.c  Mutual exclusion: the usual case.
 *
 * A mutex that is free is taken in one step, and given back in one, if nobody
 * waits for it (mutex.h). The rest is in mutexslow.c.
 *
 * Mirrors Go's sync/mutex.go.
 */
#include "mutex.h"

void
mutex_check_copied(const struct go_mutex *mu)
{
    const ATOMIC(void *) *self = (const void *)&mu->self;
    const void *was = atomic_load_relaxed(self);

    if (was != NULL && was != mu)
        fatal("sync: this mutex was copied or moved after its first use "
              "(share a pointer to it)");
}

void
mutex_first_used(struct go_mutex *mu)
{
    mutex_check_copied(mu);
    atomic_tell((ATOMIC(void *) *)(void *)&mu->self, mu);
}

void
mutex_lock_else(struct g *gp, struct go_mutex *mu)
{
    mutex_check_copied(mu);
    mutex_lock_slow(gp, mu);
    race_acquire(mu);
    mutex_check_self(mu);
}

void
go_mutex_lock(struct go_mutex *mu)
{
    mutex_lock(goroutine("go_mutex_lock"), mu);
}

bool
go_mutex_try_lock(struct go_mutex *mu)
{
    goroutine("go_mutex_try_lock");
    uint32_t old = atomic_load_relaxed(state_of(mu));

    if ((old & (LOCKED | STARVING)) != 0 ||
        !step_cas(state_of(mu), old, old | LOCKED))
        return false;
    race_acquire(mu);
    mutex_check_self(mu);
    return true;
}

void
go_mutex_unlock(struct go_mutex *mu)
{
    goroutine("go_mutex_unlock");
    mutex_unlock(mu);
}
