/** @file waitgroup.c  Waiting until a number of goroutines have done their work.
 *
 * As in chapter 3 state holds two numbers, the counter in the high half, and how
 * many wait in the low one, so that one atomic step sees both. But who waits is
 * counted before it comes to the list, and is owed a permit from then on. What
 * happens at the list is no business of the group's any more (sleepers.c).
 *
 *     1  waits                           2  the last done
 *        counter > 0: waiters + 1           counter - 1: 0, and waiters > 0
 *                                           state = 0
 *        sleepers_wait: sleeps, or          sleepers_grant, as many permits
 *        finds the permit
 *
 * If the counter is 0 before the waiter is counted, it does not wait. From the
 * moment that it is, the last done owes it a permit.
 *
 * A permit carries no name. If somebody used the group anew, and waited for it,
 * before all that waited are gone, one could take the permit of another. That
 * is an error of the program, and who sees it says so.
 *
 * Mirrors Go's sync/waitgroup.go. There those who wait sleep on a semaphore. When
 * thousands wait at once, each for a group of its own, the table of semaphores
 * is slow: fib(30) with a goroutine for each call takes nearly four times as
 * long with it.
 */
#include "sleepers.h"

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

static struct sleepers *
sleepers_of(struct go_waitgroup *wg)
{
    return (struct sleepers *)&wg->key;
}

_Static_assert(offsetof(struct go_waitgroup, permits) ==
                   offsetof(struct go_waitgroup, key) +
                   offsetof(struct sleepers, permits) &&
               offsetof(struct go_waitgroup, waiting) ==
                   offsetof(struct go_waitgroup, key) +
                   offsetof(struct sleepers, first),
               "a group ends in its struct sleepers");

// Add delta to the counter; the new state. (See steps.h.)
static inline uint64_t
count(state_t *state, int delta)
{
    uint64_t add = (uint64_t)(int64_t)delta << 32;

    if (!alone_begins())
        return atomic_add(state, add);              // pairs with go_waitgroup_wait
    add += atomic_load_relaxed(state);
    atomic_store_relaxed(state, add);
    alone_ends();
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
    atomic_store_relaxed(state_of(wg), 0);
    sleepers_grant(sleepers_of(wg), waiters(state));
    // [lab waitgroup-wake]
}

// What the running goroutine does to the counter.
static inline void
add(struct go_waitgroup *wg, int delta)
{
    race_release(wg);

    // [lab waitgroup-add]
    uint64_t state = count(state_of(wg), delta);

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
    goroutine("go_waitgroup_add");
    add(wg, delta);
}

void
go_waitgroup_done(struct go_waitgroup *wg)
{
    goroutine("go_waitgroup_done");
    add(wg, -1);
}

// The same as below, for a gp that is alone; it is not any more on return.
__attribute__((always_inline)) static inline void
wait_alone(struct g *gp, struct go_waitgroup *wg)
{
    const uint64_t state = atomic_load_relaxed(state_of(wg));

    if (counter(state) == 0) {
        alone_ends();
    } else {
        atomic_store_relaxed(state_of(wg), state + 1);
        sleepers_wait_alone(gp, sleepers_of(wg), WAIT_WAITGROUP);
        if (atomic_load_relaxed(state_of(wg)) != 0)
            gopanic("sync: WaitGroup is reused before previous Wait has "
                    "returned");
    }
    race_acquire(wg);
}

// Returns at once if the counter is 0. Else it counts itself among the waiters, in
// a step that fails if the counter has moved, and waits for its permit (sleepers_wait,
// WAIT_WAITGROUP). Whoever has waited finds the state 0; if not, the group has
// been used again too early.
void
go_waitgroup_wait(struct go_waitgroup *wg)
{
    struct g *gp = goroutine("go_waitgroup_wait");

    if (alone_begins()) {
        wait_alone(gp, wg);
        return;
    }
    // [lab waitgroup-sleep]
    uint64_t state = atomic_load(state_of(wg));     // pairs with add

    while (counter(state) != 0)
        if (atomic_cas(state_of(wg), &state, state + 1)) {
            sleepers_wait(gp, sleepers_of(wg), WAIT_WAITGROUP);
            if (atomic_load(state_of(wg)) != 0)
                gopanic("sync: WaitGroup is reused before previous Wait has "
                        "returned");
            break;
        }
    race_acquire(wg);
    // [lab waitgroup-sleep]
}
