/** @file mutexslow.c  A mutex as in Go 1.8 and before: no starvation mode.
 *
 * Whoever is woken has to win the mutex against those who are awake, each time,
 * and waits behind all others if he does not. Somebody who comes seldom may so
 * wait for a mutex that others take again and again, without end: nothing
 * limits how often he comes too late.
 *
 * Mirrors sync/mutex.go of Go 1.8. (The unlock is ours: see
 * 07-sync/mutexslow.c.)
 */
#include "mutex.h"

#include "sema.h"

void
mutex_lock_slow(struct g *gp, struct go_mutex *mu)
{
    // [mutex-1.8]
    word_t *state = state_of(mu);
    bool awake = false;                 // WOKEN is about us
    uint32_t old = atomic_load_relaxed(state);

    for (int spins = 0;;) {
        if ((old & LOCKED) != 0 && spin_helps(gp->m, spins)) {
            if (!awake && (old & WOKEN) == 0 && waiters(old) > 0)
                awake = atomic_cas(state, &old, old | WOKEN);
            spin_once();
            spins++;
            old = atomic_load_relaxed(state);
            continue;
        }

        const bool must_wait = (old & LOCKED) != 0;
        uint32_t new = must_wait ? old + ONE_WAITER : old | LOCKED;

        if (awake)
            new &= ~(uint32_t)WOKEN;
        if (!atomic_cas(state, &old, new))              // pairs with unlock
            continue;
        if (!must_wait)
            return;
        sema_wait(gp, sema_of(mu), false, WAIT_MUTEX_LOCK);
        awake = true;
        spins = 0;
        old = atomic_load_relaxed(state);
    }
    // [mutex-1.8]
}

void
mutex_unlock_slow(struct go_mutex *mu)
{
    word_t *state = state_of(mu);
    uint32_t old = atomic_load_relaxed(state), new;

    do {
        if ((old & LOCKED) == 0)
            fatal("sync: unlock of unlocked mutex");
        new = old - LOCKED;
        if ((old & WOKEN) == 0 && waiters(old) > 0)
            new = (new - ONE_WAITER) | WOKEN;
    } while (!atomic_cas(state, &old, new));            // pairs with lock
    if (waiters(new) < waiters(old))
        sema_grant(sema_of(mu), false);
}
