/** @file hooks.h  What checking tools must be told about stacks and switches.
 *
 * A tool that watches a program sees the stack pointer jump, and one thread
 * do the work of many. Unless it is told, it reports errors that are none and
 * misses some that are.
 *
 * This file serves the usual build. It tells Valgrind, if its header was
 * there when the library was built, where stacks are: a few instructions when
 * one is made, nothing at a switch. SAN=address and SAN=thread put
 * address/hooks.h and thread/hooks.h in its place.
 */
#ifndef HOOKS_H
#define HOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define VALGRIND_STACK_REGISTER(lo, hi) ((void)(lo), (void)(hi), 0)
#define VALGRIND_STACK_DEREGISTER(id)   ((void)(id))
#define RUNNING_ON_VALGRIND             0
#endif

// Stands before each function that is on the stack at a switch: tools that
// count calls and returns must leave those alone.
#define HOOKS_SWITCH

// What the tool needs to know of one g.
struct hooks {
    unsigned valgrind_id;
};

// h stands for this thread, on the stack that it came with.
static inline void
hooks_thread(struct hooks *h)
{
    (void)h;
}

// h has the fresh stack [lo, hi) from now on.
static inline void
hooks_new(struct hooks *h, uintptr_t lo, uintptr_t hi)
{
    h->valgrind_id = VALGRIND_STACK_REGISTER(lo, hi);
}

// h has ended: its next switch is its last.
static inline void
hooks_end(struct hooks *h)
{
    (void)h;
}

// h, which has ended, begins anew on its stack.
static inline void
hooks_again(struct hooks *h)
{
    (void)h;
}

// h will not run again, whether it has ended or not.
static inline void
hooks_free(struct hooks *h)
{
    VALGRIND_STACK_DEREGISTER(h->valgrind_id);
}

// The next switch on this thread goes from one to the other.
static inline void
hooks_leave(struct hooks *from, struct hooks *to)
{
    (void)from;
    (void)to;
}

// The switch has brought us to h.
static inline void
hooks_arrive(struct hooks *h)
{
    (void)h;
}

// Whether guards may be marks in the page table. Valgrind follows mappings only,
// and falls over one itself.
static inline bool
hooks_allow_regions(void)
{
    return !RUNNING_ON_VALGRIND;
}

// Whether goroutines may be stopped by signals (chapter 5). Valgrind makes
// signals of its own.
static inline bool
hooks_allow_preempt(void)
{
    return !RUNNING_ON_VALGRIND;
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

// Copy, or make zero, what may be another g's. Not by memcpy and memset: a program
// may have its own, and a goroutine that is in them is in the program's code, where it
// can be made to stop (chapter 5). But it has locked a channel.
#define RACE_CHUNK 32

static inline void
race_copy(void *to, const void *from, size_t bytes)
{
    char *t = to;
    const char *f = from;

    for (; bytes >= RACE_CHUNK; bytes -= RACE_CHUNK, t += RACE_CHUNK, f += RACE_CHUNK) {
        __builtin_memcpy(t, f, RACE_CHUNK);     // some instructions
        __asm__ volatile("" ::: "memory");      // no loop that is a memcpy
    }
    for (; bytes > 0; bytes--) {
        *t++ = *f++;
        __asm__ volatile("" ::: "memory");
    }
}

static inline void
race_zero(void *to, size_t bytes)
{
    char *t = to;

    for (; bytes >= RACE_CHUNK; bytes -= RACE_CHUNK, t += RACE_CHUNK) {
        __builtin_memset(t, 0, RACE_CHUNK);
        __asm__ volatile("" ::: "memory");
    }
    for (; bytes > 0; bytes--) {
        *t++ = 0;
        __asm__ volatile("" ::: "memory");
    }
}

#endif
