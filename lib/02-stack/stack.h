/** @file stack.h  Stacks: where they lie, and what can be asked of them. */
#ifndef STACK_H
#define STACK_H

#include "runtime.h"

enum {
    STACK_MIN     = 16 << 10,   // printf("%f") alone takes 6 KiB
    STACK_DEFAULT = 64 << 10,

    // Of addresses below each stack. One page is not enough: the C library is
    // not compiled with -fstack-clash-protection, and takes up to 64 KiB at
    // once (alloca in printf). That would step over a page, into the neighbour.
    // A multiple of the page size of both machines.
    STACK_GUARD   = 64 << 10,
};

// Let fn see the record above each stack that is in use. Records that come
// and go meanwhile may be seen or not; one that is seen may be freed by fn.
void stack_each(void (*fn)(struct g *gp, void *arg), void *arg);

// As stack_free, without a thought for the memory: a stack_trim follows.
void stack_drop(struct stack *s);

// Give back the memory of all regions in which no stack is in use.
void stack_trim(void);

// Give back the memory of s, which nobody is on, but for its topmost page.
// False if the kernel refuses, because it is locked: that costs memory, and
// some of it may be zero now.
bool stack_discard(const struct stack *s);

// Put the canary of s in its place, if it has one instead of a guard.
static inline void
stack_mark(const struct stack *s)
{
    if (__builtin_expect(s->canary, 0))
        *(uint64_t *)s->lo = STACK_CANARY;
}

// Make all of s zero that was written to, but for its record. Nobody is on it.
void stack_clear(const struct stack *s);

// The number of bytes, counted from hi, that have been written to since the
// pages of s were fresh.
size_t stack_high_water(const struct stack *s);

// How the next stack will be guarded. In this order, and never back: guard.c.
enum guard_kind { GUARD_REGIONS, GUARD_PAGES, GUARD_CANARY };
enum guard_kind stack_guard_kind(void);

// overflow.c
void overflow_watch(struct m *mp);
void overflow_unwatch(struct m *mp);
void overflow_catch(void);
void overflow_release(void);

#endif
