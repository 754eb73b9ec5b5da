/** @file hooks.h  The hooks for AddressSanitizer (SAN=address).
 *
 * It keeps a shadow of each stack, and knows one stack a thread. So it is
 * told before and after each switch which stack is meant. It may also keep
 * the locals of a function on a "fake stack" of its own, to catch their use
 * after the return; that belongs to the goroutine, not to the thread.
 */
#ifndef HOOKS_H
#define HOOKS_H

#include <pthread.h>
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HOOKS_SWITCH __attribute__((noinline, no_sanitize("address")))

// What belongs to a stack and lies just above it, if anything does: the record
// of a coroutine.
enum { HOOKS_ABOVE = 512 };

struct hooks {
    void *lo;
    size_t bytes;
    void *fake_stack;           // while it does not run
    bool ended;
};

// h stands for this thread, on the stack that it came with.
static inline void
hooks_thread(struct hooks *h)
{
    pthread_attr_t attr;

    pthread_getattr_np(pthread_self(), &attr);
    pthread_attr_getstack(&attr, &h->lo, &h->bytes);
    pthread_attr_destroy(&attr);
}

// h has the fresh stack [lo, hi) from now on. What it points at is no leak; nor
// is what the record above it points at, before the stack is first used.
static inline void
hooks_new(struct hooks *h, uintptr_t lo, uintptr_t hi)
{
    *h = (struct hooks){ .lo = (void *)lo, .bytes = hi - lo };
    __lsan_register_root_region(h->lo, h->bytes + HOOKS_ABOVE);
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
    h->fake_stack = NULL;
    __asan_unpoison_memory_region(h->lo, h->bytes);
}

// Free the fake stack of h, which stands still: step onto it, and leave it for
// the last time. The stack proper stays as it is.
__attribute__((unused)) HOOKS_SWITCH static void
hooks_drop(struct hooks *h)
{
    void *ours;
    const void *lo;
    size_t bytes;

    __sanitizer_start_switch_fiber(&ours, h->lo, h->bytes);
    __sanitizer_finish_switch_fiber(h->fake_stack, &lo, &bytes);
    __sanitizer_start_switch_fiber(NULL, lo, bytes);
    __sanitizer_finish_switch_fiber(ours, NULL, NULL);
}

// h will not run again, whether it has ended or not. Frames that were never left
// are still marked as out of bounds; the next user of these pages would be
// blamed for touching them.
static inline void
hooks_free(struct hooks *h)
{
    __lsan_unregister_root_region(h->lo, h->bytes + HOOKS_ABOVE);
    __asan_unpoison_memory_region(h->lo, h->bytes);
    if (h->fake_stack != NULL && !h->ended)
        hooks_drop(h);
}

// The next switch on this thread goes from one to the other. The fake stack
// of one that has ended is freed.
static inline void
hooks_leave(struct hooks *from, struct hooks *to)
{
    __sanitizer_start_switch_fiber(from->ended ? NULL : &from->fake_stack,
                                   to->lo, to->bytes);
}

// The switch has brought us to h.
static inline void
hooks_arrive(struct hooks *h)
{
    __sanitizer_finish_switch_fiber(h->fake_stack, NULL, NULL);
}

// Whether guards may be marks in the page table.
static inline bool
hooks_allow_regions(void)
{
    return true;
}

// Whether goroutines may be stopped by signals (chapter 5). The sanitizer is in the program, and
// may hold a lock.
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
    __lsan_register_root_region(memory, bytes);
}

static inline void
hooks_unmap(void *memory, size_t bytes)
{
    __lsan_unregister_root_region(memory, bytes);
}

// Order between goroutines is ThreadSanitizer's business.
static inline void
race_release(void *address)
{
    (void)address;
}

static inline void
race_acquire(void *address)
{
    (void)address;
}

// The same on behalf of another g, which is parked. (Go's racereleaseg and
// raceacquireg.)
static inline void
race_release_g(struct hooks *h, void *address)
{
    (void)h;
    (void)address;
}

static inline void
race_acquire_g(struct hooks *h, void *address)
{
    (void)h;
    (void)address;
}

// The running g reads or writes memory that belongs to the program.
static inline void
race_read(const void *address, size_t bytes)
{
    (void)address;
    (void)bytes;
}

static inline void
race_write(void *address, size_t bytes)
{
    (void)address;
    (void)bytes;
}

// Copy, or make zero, what may be another g's.
static inline void
race_copy(void *to, const void *from, size_t bytes)
{
    __builtin_memcpy(to, from, bytes);
}

static inline void
race_zero(void *to, size_t bytes)
{
    __builtin_memset(to, 0, bytes);
}

#endif
