/** @file mutexslow.c  A mutex that is taken, or that somebody waits for.
 *
 * A mutex has two modes. In normal mode, whoever comes while it is free takes
 * it, at the price of one step, and those who sleep are woken one at a time, and
 * may come too late. That is fast, because who runs already has it sooner than
 * who must be woken; and unfair. Who has waited for a millisecond and came too
 * late again turns it into starvation mode: it is handed over, from unlock to
 * who waits longest, and whoever comes queues up. The last in the queue, and one
 * who did not wait that long, turn it back.
 *
 *     1  locks                           2  unlocks
 *        cas 0 -> LOCKED fails
 *                                           (fast) cas LOCKED -> 0
 *        cas: waiters + 1 fails
 *        state is 0: cas -> LOCKED, has it
 *
 *     1  locks                           2  unlocks
 *        cas: waiters + 1                   cas LOCKED -> 0 fails
 *        sema_wait: sleeps                  cas: not LOCKED, waiters - 1, WOKEN
 *                                           sema_grant
 *        goes on, awake                     (others may lock and unlock now,
 *        cas: LOCKED, not WOKEN             and wake nobody)
 *        or waiters + 1, sleeps in front
 *
 * No wake-up is lost: that one waits, and that the mutex is free, stand in one
 * word; whoever changes it sees both. If sema_grant comes before 1 sleeps, that
 * finds the permit.
 *
 * Once unlock has made it free it touches the word of the semaphore only, and
 * that only if somebody counts as waiting, who cannot return before he has the
 * permit. So whoever locks it next may free it. (Go's needs no such care.)
 *
 * Mirrors Go's sync/mutex.go.
 */
#include "mutex.h"

#include "sema.h"
#include "starves.h"

// The mutex of this state is handed over to the caller, who has waited in it,
// for too long or not. Others may come to wait at any time.
static void
take_over(word_t *state, uint32_t old, bool starving)
{
    // [lab mutex-take-over]
    uint32_t change = LOCKED - ONE_WAITER;

    if ((old & (LOCKED | WOKEN)) != 0 || waiters(old) == 0)
        fatal("sync: inconsistent mutex state");
    if (!starving || waiters(old) == 1)
        change -= STARVING;
    atomic_add(state, change);
    // [lab mutex-take-over]
}

// gp, which calls, has found mu taken. It has it on return.
//
// As long as it helps, gp stays awake (spin_helps, spin_once), and says so by
// WOKEN if somebody sleeps. Then comes one step: it takes the mutex, if that is
// free and nobody starves; or it counts itself, and sleeps on sema_of(mu)
// (WAIT_MUTEX_LOCK), the first time behind all others, then in front of them.
//
// Who was woken is awake: WOKEN is about him, and he takes it back in his next
// step. If he has waited longer than STARVES_AFTER since he first went to sleep (by
// world.now(), which is an int64_t), he starves, and says so by STARVING if he finds
// the mutex locked. Who wakes up and finds STARVING has been handed the mutex
// (take_over).
void
mutex_lock_slow(struct g *gp, struct go_mutex *mu)
{
    // [lab mutex-lock-slow]
    word_t *state = state_of(mu);
    int64_t since = 0;
    bool again = false;                 // it has been asleep
    bool starving = false;              // and for too long
    bool awake = false;                 // WOKEN is about us
    uint32_t old = atomic_load_relaxed(state);

    for (int spins = 0;;) {
        if ((old & (LOCKED | STARVING)) == LOCKED && spin_helps(gp->m, spins)) {
            if (!awake && (old & WOKEN) == 0 && waiters(old) > 0)
                awake = atomic_cas(state, &old, old | WOKEN);
            spin_once();
            spins++;
            old = atomic_load_relaxed(state);
            continue;
        }

        const bool must_wait = (old & (LOCKED | STARVING)) != 0;
        uint32_t new = must_wait ? old + ONE_WAITER : old | LOCKED;

        if (starving && (old & LOCKED) != 0)
            new |= STARVING;
        if (awake)
            new &= ~(uint32_t)WOKEN;
        if (!atomic_cas(state, &old, new))              // pairs with unlock
            continue;
        if (!must_wait)
            return;
        if (!again)
            since = world.now();
        sema_wait(gp, sema_of(mu), again, WAIT_MUTEX_LOCK);
        starving = starving || world.now() - since > STARVES_AFTER;
        old = atomic_load_relaxed(state);
        if ((old & STARVING) != 0)
            break;
        again = awake = true;
        spins = 0;
    }
    take_over(state, old, starving);
    // [lab mutex-lock-slow]
}

// mu is locked, and somebody waits for it, or it is not locked. One of those
// who wait is woken, if none is awake; in starvation mode it is handed over.
void
mutex_unlock_slow(struct go_mutex *mu)
{
    // [lab mutex-unlock-slow]
    word_t *state = state_of(mu);
    uint32_t old = atomic_load_relaxed(state), new;

    do {
        if ((old & LOCKED) == 0)
            fatal("sync: unlock of unlocked mutex");
        new = old - LOCKED;
        if ((old & (WOKEN | STARVING)) == 0 && waiters(old) > 0)
            new = (new - ONE_WAITER) | WOKEN;
    } while (!atomic_cas(state, &old, new));            // pairs with lock
    if ((old & STARVING) != 0)
        sema_grant(sema_of(mu), true);
    else if (waiters(new) < waiters(old))
        sema_grant(sema_of(mu), false);
    // [lab mutex-unlock-slow]
}
