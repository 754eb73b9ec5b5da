/** @file waitgroup.c  Waiting until a number of goroutines have done their work.
 *
 * state holds two numbers, so that one atomic step sees both: the counter in
 * the high half, and how many wait in the low one. Most calls of done need no
 * more than that step.
 *
 *     1  waits                           2  the last done
 *        lock
 *        counter > 0: waiters + 1
 *        onto the list                      counter - 1: 0, and waiters > 0
 *        g_park: off the stack, unlock      lock
 *                                           takes the list, state = 0
 *                                           unlock, g_ready each
 *
 * Whoever counts a waiter has the lock until it sleeps. So whoever sees it
 * counted finds it on the list. If the counter is 0 before the waiter is
 * counted, it does not wait.
 *
 * Mirrors Go's sync/waitgroup.go, with its list in place of a semaphore.
 */
#include "runtime.h"

#include "lock.h"
#include "schedt.h"

enum { ONE_WAITER = 1 };

typedef ATOMIC(uint64_t) state_t;

static int32_t
counter(uint64_t state)
{
    return (int32_t)(state >> 32);
}

static uint32_t
waiters(uint64_t state)
{
    return (uint32_t)state;
}

// Add delta to the counter; the new state. If there is one p, goroutines run
// one after the other, and whole steps need not be atomic: that saves 10 ns of
// the 60 that a goroutine takes.
static uint64_t
count(state_t *state, int delta, bool alone)
{
    uint64_t add = (uint64_t)(int64_t)delta << 32;

    if (!alone)
        return atomic_add(state, add);              // pairs with go_waitgroup_wait
    add += atomic_load_relaxed(state);
    atomic_store_relaxed(state, add);
    return add;
}

static struct lock *
lock_of(struct go_waitgroup *wg)
{
    return (struct lock *)&wg->key;
}

// All that wait go on. The counter is 0. wg may be gone as soon as one of them
// runs.
static void
wake_all(struct go_waitgroup *wg)
{
    // [lab wake-all]
    lock(lock_of(wg));

    struct g *gp = wg->waiting;

    wg->waiting = NULL;
    atomic_store_release((state_t *)&wg->state, 0);     // pairs with wait
    unlock(lock_of(wg));
    while (gp != NULL) {
        struct g *next = gp->next;

        g_ready(gp);
        gp = next;
    }
    // [lab wake-all]
}

// What the running goroutine does to the counter.
static inline void
add(struct go_waitgroup *wg, int delta)
{
    race_release(wg);

    uint64_t state = count((state_t *)&wg->state, delta, procs_alone);

    if (counter(state) < 0)
        gopanic("sync: negative WaitGroup counter");
    if (waiters(state) != 0 && delta > 0 && counter(state) == delta)
        gopanic("sync: WaitGroup misuse: Add called concurrently with Wait");
    if (counter(state) == 0 && waiters(state) > 0)
        wake_all(wg);
}

void
go_waitgroup_add(struct go_waitgroup *wg, int delta)
{
    goroutine("go_waitgroup_add");
    add(wg, delta);
}

void
go_waitgroup_done(struct go_waitgroup *wg)
{
    goroutine("go_waitgroup_done");
    add(wg, -1);
}

void
go_waitgroup_wait(struct go_waitgroup *wg)
{
    // [lab waitgroup-wait]
    struct g *gp = goroutine("go_waitgroup_wait");

    // Pairs with go_waitgroup_add.
    uint64_t state = atomic_load((state_t *)&wg->state);

    if (counter(state) != 0) {
        lock(lock_of(wg));
        state = atomic_load((state_t *)&wg->state);
        while (counter(state) != 0)
            if (atomic_cas((state_t *)&wg->state, &state, state + ONE_WAITER)) {
                gp->next = wg->waiting;
                wg->waiting = gp;
                g_park(lock_of(wg), WAIT_WAITGROUP);
                race_acquire(wg);
                return;
            }
        unlock(lock_of(wg));
    }
    race_acquire(wg);
    // [lab waitgroup-wait]
}
