/** @file hooks.h  The hooks for ThreadSanitizer (SAN=thread).
 *
 * To it each g is a thread of its own, a "fiber". A switch as such orders
 * nothing (the flag says so): two goroutines that merely run on the same
 * thread in turn still race. What does order them is said by race_release
 * and race_acquire.
 */
#ifndef HOOKS_H
#define HOOKS_H

#include <errno.h>
#include <sanitizer/tsan_interface.h>
#include <stdbool.h>
#include <stdint.h>

// clang's no_sanitize still counts calls and returns.
#if defined(__clang__)
#define HOOKS_SWITCH __attribute__((noinline, disable_sanitizer_instrumentation))
#else
#define HOOKS_SWITCH __attribute__((noinline, no_sanitize("thread")))
#endif

struct hooks {
    void *fiber;
    bool ended;
};

// fibers.c
void *fiber_get(void);
void  fiber_put(void *fiber);

// h stands for this thread, on the stack that it came with.
static inline void
hooks_thread(struct hooks *h)
{
    h->fiber = __tsan_get_current_fiber();
}

// h has the fresh stack [lo, hi) from now on.
static inline void
hooks_new(struct hooks *h, uintptr_t lo, uintptr_t hi)
{
    (void)lo;
    (void)hi;
    *h = (struct hooks){ .fiber = fiber_get() };
}

// h has ended: its next switch is its last.
static inline void
hooks_end(struct hooks *h)
{
    h->ended = true;
}

// h will not run again. A fiber that ended stands at the depth of calls where
// it began, and can serve the next g.
static inline void
hooks_free(struct hooks *h)
{
    if (h->ended)
        fiber_put(h->fiber);
    else
        __tsan_destroy_fiber(h->fiber);
}

// The next switch on this thread goes from one to the other.
__attribute__((unused)) HOOKS_SWITCH static void
hooks_leave(struct hooks *from, struct hooks *to)
{
    int error = *__errno_location();

    (void)from;
    __tsan_switch_to_fiber(to->fiber, __tsan_switch_to_fiber_no_sync);
    *__errno_location() = error;    // it is not careful with it
}

// The switch has brought us to h.
static inline void
hooks_arrive(struct hooks *h)
{
    (void)h;
}

// What this g did is visible to whoever acquires the same address later.
// (Go's racerelease and raceacquire.)
static inline void
race_release(void *address)
{
    __tsan_release(address);
}

static inline void
race_acquire(void *address)
{
    __tsan_acquire(address);
}

#endif
