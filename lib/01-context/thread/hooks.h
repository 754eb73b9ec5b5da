/** @file hooks.h  The hooks for ThreadSanitizer (SAN=thread, SAN=runtime).
 *
 * To it each g is a thread of its own, a "fiber". What orders two goroutines is
 * said by race_release and race_acquire; whether a switch does: fiber.h.
 */
#ifndef HOOKS_H
#define HOOKS_H

#include <errno.h>
#include <sanitizer/tsan_interface.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fiber.h"

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

// Of ThreadSanitizer's library; no header declares it.
void AnnotateBenignRaceSized(const char *file, int line,
                             const volatile void *address, size_t bytes,
                             const char *why);

// fibers.c
void *fiber_get(void);
void  fiber_put(void *fiber);

// h stands for this thread, on the stack that it came with.
// Its errno is that of several goroutines, one after the other: no race.
static inline void
hooks_thread(struct hooks *h)
{
    h->fiber = __tsan_get_current_fiber();
    AnnotateBenignRaceSized(__FILE__, __LINE__, __errno_location(), sizeof(int),
                            "errno belongs to the goroutine");
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

// h, which has ended, begins anew on its stack.
static inline void
hooks_again(struct hooks *h)
{
    h->ended = false;
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
    __tsan_switch_to_fiber(to->fiber, FIBER_SWITCH);
    *__errno_location() = error;    // it is not careful with it
}

// The switch has brought us to h.
static inline void
hooks_arrive(struct hooks *h)
{
    (void)h;
}

// Whether guards may be marks in the page table.
static inline bool
hooks_allow_regions(void)
{
    return true;
}

// Whether goroutines may be stopped by signals (chapter 5). The sanitizer delivers signals when
// it likes.
static inline bool
hooks_allow_preempt(void)
{
    return false;
}

// The runtime has mapped this, and keeps the program's values there: they are no
// leaks, until it is unmapped.
static inline void
hooks_map(void *memory, size_t bytes)
{
    (void)memory;
    (void)bytes;
}

static inline void
hooks_unmap(void *memory, size_t bytes)
{
    (void)memory;
    (void)bytes;
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

// The same on behalf of another g, which is parked: we are it for a moment.
// (Go's racereleaseg and raceacquireg.)
static inline void
race_as(struct hooks *h, void (*tell)(void *), void *address)
{
    const unsigned no_sync = 1;     // __tsan_switch_to_fiber_no_sync
    int error = *__errno_location();
    void *self = __tsan_get_current_fiber();

    __tsan_switch_to_fiber(h->fiber, no_sync);
    tell(address);
    __tsan_switch_to_fiber(self, no_sync);
    *__errno_location() = error;
}

static inline void
race_release_g(struct hooks *h, void *address)
{
    race_as(h, __tsan_release, address);
}

static inline void
race_acquire_g(struct hooks *h, void *address)
{
    race_as(h, __tsan_acquire, address);
}

// Of ThreadSanitizer's library; no header declares them.
void __tsan_read_range(void *address, long bytes);
void __tsan_write_range(void *address, long bytes);

// The running g reads or writes memory that belongs to the program.
static inline void
race_read(const void *address, size_t bytes)
{
    if (bytes > 0)
        __tsan_read_range((void *)(uintptr_t)address, (long)bytes);
}

static inline void
race_write(void *address, size_t bytes)
{
    if (bytes > 0)
        __tsan_write_range(address, (long)bytes);
}

// Copy, or make zero, what may be another g's: nobody's reading and writing,
// to ThreadSanitizer, which would see it in memcpy and memset.
static inline void
race_copy(void *to, const void *from, size_t bytes)
{
    const char *f = from;
    volatile char *t = to;

    while (bytes-- > 0)
        *t++ = *f++;
}

static inline void
race_zero(void *to, size_t bytes)
{
    volatile char *t = to;

    while (bytes-- > 0)
        *t++ = 0;
}

#endif
