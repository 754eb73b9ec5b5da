/** @file mutex.h  The state of a mutex, and what is done if it is not free.
 *
 *     bit  0         1        2           3 ...
 *          LOCKED    WOKEN    STARVING    how many wait
 *
 * LOCKED    somebody has it
 * WOKEN     somebody who wants it is awake: unlock need not wake another
 * STARVING  it is handed over from now on, to who waits longest
 */
#ifndef MUTEX_H
#define MUTEX_H

#include "runtime.h"
#include "schedt.h"
#include "steps.h"

enum {
    LOCKED     = 1,
    WOKEN      = 2,
    STARVING   = 4,
    ONE_WAITER = 8,
};

static inline uint32_t
waiters(uint32_t state)
{
    return state / ONE_WAITER;
}

static inline word_t *
state_of(struct go_mutex *mu)
{
    return (word_t *)&mu->state;
}

static inline word_t *
sema_of(struct go_mutex *mu)
{
    return (word_t *)&mu->sema;
}

// mutexslow.c

// mu was taken a moment ago. gp, which calls, has it on return.
void mutex_lock_slow(struct g *gp, struct go_mutex *mu);

// mu is locked, and somebody waits for it, or is about to; or it is not locked.
void mutex_unlock_slow(struct go_mutex *mu);

// mutex.c

// mu was copied or moved after its first use: that is fatal. If not, nothing.
void mutex_check_copied(const struct go_mutex *mu);

// mu, which the caller has, seems to be used for the first time. It was copied, or
// it remembers where it is.
void mutex_first_used(struct go_mutex *mu);

// mu could not be taken in one step. gp, which calls, has it on return.
void mutex_lock_else(struct g *gp, struct go_mutex *mu);

// spin.c

// Whether it may help to wait for a moment, having done so `spins` times: who
// has the mutex runs on another processor, and nobody waits for this one.
bool spin_helps(const struct m *mp, int spins);

// Wait for a moment.
void spin_once(void);

// ---- The usual case --------------------------------------------------------
//
// Inline, because an atomic step waits until all stores before it are done, and
// the return address of a call is one: 4 ns on some machines, each time. So is each
// register that is put aside; there is none, if whatever else is to be done is done
// by a last call.

// mu must be where it was used first. The caller has it, and it is used now.
static inline void
mutex_check_self(struct go_mutex *mu)
{
    if (__builtin_expect(mu->self != mu, 0))
        mutex_first_used(mu);
}

static inline void
mutex_lock(struct g *gp, struct go_mutex *mu)
{
    // Pairs with unlock.
    if (__builtin_expect(!step_cas(state_of(mu), 0, LOCKED), 0)) {
        mutex_lock_else(gp, mu);
        return;
    }
    race_acquire(mu);
    mutex_check_self(mu);
}

static inline void
mutex_unlock(struct go_mutex *mu)
{
    if (__builtin_expect(mu->self != mu, 0))
        mutex_check_copied(mu);
    race_release(mu);
    // Pairs with lock.
    if (!step_cas(state_of(mu), LOCKED, 0))
        mutex_unlock_slow(mu);
}

#endif
