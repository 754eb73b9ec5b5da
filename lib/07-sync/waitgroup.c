/** @file waitgroup.c  Waiting until a number of goroutines have done their work.
 *
 * As in chapter 3 state holds two numbers, the counter in the high half, and how
 * many wait in the low one, so that one atomic step sees both. Those who wait
 * sleep on a semaphore: a group needs neither a lock nor a list.
 *
 *     1  waits                           2  the last done
 *        counter > 0: waiters + 1           counter - 1: 0, and waiters > 0
 *                                           state = 0
 *        sema_acquire: sleeps, or           sema_release, once for each
 *        finds the permit
 *
 * If the counter is 0 before the waiter is counted, it does not wait. From the
 * moment that it is, the last done owes it a permit.
 *
 * A permit carries no name. If somebody used the group anew, and waited for it,
 * before all that waited are gone, one could take the permit of another. That
 * is an error of the program, and who sees it says so.
 *
 * Mirrors Go's sync/waitgroup.go.
 */
#include "sema.h"

#include "schedt.h"
#include "semaalone.h"

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

static state_t *
state_of(struct go_waitgroup *wg)
{
    return (state_t *)&wg->state;
}

static word_t *
sema_of(struct go_waitgroup *wg)
{
    return (word_t *)&wg->key;
}

// Add delta to the counter; the new state. (See steps.h.)
static inline uint64_t
count(state_t *state, int delta, bool alone)
{
    uint64_t add = (uint64_t)(int64_t)delta << 32;

    if (!alone)
        return atomic_add(state, add);              // pairs with go_waitgroup_wait
    add += atomic_load_relaxed(state);
    atomic_store_relaxed(state, add);
    return add;
}

// The counter has become 0, and that made this state: all that wait go on. wg
// may be gone once the last of them has its permit.
static void
wake_all(struct go_waitgroup *wg, uint64_t state)
{
    // [lab waitgroup-wake]
    // Nobody may add while others wait and the counter is 0.
    if (atomic_load(state_of(wg)) != state)
        gopanic("sync: WaitGroup misuse: Add called concurrently with Wait");
    atomic_store(state_of(wg), 0);
    for (uint32_t n = waiters(state); n > 0; n--)
        sema_release(sema_of(wg), false);
    // [lab waitgroup-wake]
}

// What goroutine gp does to the counter.
static inline void
add(struct g *gp, struct go_waitgroup *wg, int delta)
{
    race_release(wg);

    // [lab waitgroup-add]
    uint64_t state = count(state_of(wg), delta, procs_alone(gp->m));

    if (counter(state) < 0)
        gopanic("sync: negative WaitGroup counter");
    if (waiters(state) != 0 && delta > 0 && counter(state) == delta)
        gopanic("sync: WaitGroup misuse: Add called concurrently with Wait");
    if (counter(state) == 0 && waiters(state) > 0)
        wake_all(wg, state);
    // [lab waitgroup-add]
}

void
go_waitgroup_add(struct go_waitgroup *wg, int delta)
{
    add(goroutine("go_waitgroup_add"), wg, delta);
}

void
go_waitgroup_done(struct go_waitgroup *wg)
{
    add(goroutine("go_waitgroup_done"), wg, -1);
}

// The same as below, if there is one p only. (See semaalone.h.)
__attribute__((always_inline)) static inline void
wait_alone(struct g *gp, struct go_waitgroup *wg)
{
    const uint64_t state = atomic_load_relaxed(state_of(wg));

    if (counter(state) != 0) {
        atomic_store_relaxed(state_of(wg), state + 1);
        if (!sema_acquire_alone(gp, sema_of(wg), false, WAIT_WAITGROUP))
            sema_acquire(gp, sema_of(wg), false, WAIT_WAITGROUP);
        if (atomic_load_relaxed(state_of(wg)) != 0)
            gopanic("sync: WaitGroup is reused before previous Wait has "
                    "returned");
    }
    race_acquire(wg);
}

// Returns at once if the counter is 0. Else it counts itself among the waiters, in
// a step that fails if the counter has moved, and sleeps on the semaphore
// (WAIT_WAITGROUP). Whoever has waited finds the state 0; if not, the group has
// been used again too early.
void
go_waitgroup_wait(struct go_waitgroup *wg)
{
    if (procs_alone(goroutine("go_waitgroup_wait")->m)) {
        wait_alone(getg()->m->curg, wg);
        return;
    }
    // [lab waitgroup-sleep]
    struct g *gp = goroutine("go_waitgroup_wait");
    uint64_t state = atomic_load(state_of(wg));     // pairs with add

    while (counter(state) != 0)
        if (atomic_cas(state_of(wg), &state, state + 1)) {
            sema_acquire(gp, sema_of(wg), false, WAIT_WAITGROUP);
            if (atomic_load(state_of(wg)) != 0)
                gopanic("sync: WaitGroup is reused before previous Wait has "
                        "returned");
            break;
        }
    race_acquire(wg);
    // [lab waitgroup-sleep]
}
