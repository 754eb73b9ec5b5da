/** @file alone.h  Steps that nobody can come between, though there are other p's.
 *
 * A locked step takes 8 ns on some machines, and a program spends much of its time
 * with one goroutine that runs, and others that wait for it. So while all p's but
 * one are idle, the one that runs uses plain steps, and no locks. There is one
 * condition: before another p begins, it must be known that no such steps are
 * under way. Who runs says when they begin and end, by a plain store:
 *
 *     1  the one that runs               2  sysmon wants to wake another p
 *        busy = true                        alone = false
 *        (the fence)                        fence_all
 *        alone? else: the usual way         busy? not now
 *        plain steps                        wakes a p
 *        busy = false
 *
 * If 1 looks before 2 has said that it is over, it is busy before the fence of 2,
 * which sees that. If 1 comes later, it sees that it is over. Without fences both
 * could look before either has shown what it does. As with epochs (epoch.h) the
 * fence is there for both of them when 2 calls the kernel: who does this in every
 * operation pays nothing.
 *
 * Mostly it is 1 itself that wakes another p: it is not busy then, and needs no
 * fence.
 *
 * There is one `alone` for all threads: only one of them can find it true.
 *
 * Java's biased locks were of this kind; Go has nothing like it.
 */
#ifndef ALONE_H
#define ALONE_H

#include "schedt.h"

struct alone {
    _Alignas(128) ATOMIC(bool) alone;   // written under sched->lock

    // Written by whoever finds the above true. On the same line of the cache: who
    // is alone shares it with nobody.
    ATOMIC(bool) busy;
};

extern __attribute__((visibility("hidden"))) struct alone alone_now;

// What the running goroutine does from here to alone_returns is for itself, if this
// is true. It must not come to the scheduler in between. It may be inside of such
// steps already: *outer says so. (The run queues are used inside of them, and not.)
static inline bool
alone_goes_on(bool *outer)
{
    if (!atomic_peek(&alone_now.alone))
        return false;
    *outer = atomic_load_relaxed(&alone_now.busy);
    atomic_store_relaxed(&alone_now.busy, true);
    atomic_fence_compiler();                        // pairs with alone_forbid
    // Pairs with alone_judge: others did what they did before.
    if (__builtin_expect(atomic_load_acquire(&alone_now.alone), 1))
        return true;
    atomic_store_relaxed(&alone_now.busy, *outer);
    return false;
}

static inline void
alone_returns(bool outer)
{
    atomic_store_release(&alone_now.busy, outer);   // pairs with alone_forbid
    atomic_fence_compiler();                        // pairs with alone_is_seen
}

// The same for all others, who are not inside of such steps; to alone_ends. They may
// leave the stack in between: g_park_with ends it then.
static inline bool
alone_begins(void)
{
    bool outer;

    return alone_goes_on(&outer);
}

static inline void
alone_ends(void)
{
    atomic_store_release(&alone_now.busy, false);   // pairs with alone_forbid
}

// s begins. Has the kernel world.fence_all? If not, one of several p's is never
// alone.
void alone_run_begins(struct sched *s, bool has_fences);

// For sysmon, before it takes goroutines out of the queue of a p, or wakes one.
// Nobody is alone from now on. Whether that is certain: the kernel may have taken
// the processor away from whoever was, in the middle of its steps. Then come back
// later.
bool alone_forbid(struct sched *s);

// It is allowed again.
void alone_allow(struct sched *s);

// For sysmon, which has said something, and is about to look at what the one that
// is alone has put into its queue: that one looks at what sysmon says after it has
// put something there, and has no fence in between (runq_put_next). So sysmon makes
// it for both. False if that cannot be done.
bool alone_is_seen(struct sched *s);

#endif
