/** @file runtime.h  The map of the runtime. Private; the public side is
 * goroutine.h.
 *
 * Two structures, under Go's names:
 *
 *   g  a goroutine: a stack, and what is left of it while it does not run
 *   m  a machine: an operating system thread
 *
 * Fields stand under the lock or the owner that protects them, and under the
 * chapter that brings them. Functions stand under the file that defines them.
 */
#ifndef RUNTIME_H
#define RUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "goroutine.h"

#include "atomic.h"
#include "getg.h"
#include "gobuf.h"
#include "hooks.h"
#include "world.h"

struct g;
struct m;

// A stack occupies [lo, hi) and grows down, from hi to lo.
struct stack {
    uintptr_t lo;
    uintptr_t hi;
};

// Chapter 1. Who owns the stack of a g, and where the g is to be found.
// The numbers are Go's; those in between come with later chapters.
enum g_status {
    G_IDLE    = 0,      // just made: no stack yet, on no list
    G_RUNNING = 2,      // owns its stack; current on a thread, or has lent
                        // the thread to a coroutine that it resumed
    G_WAITING = 4,      // parked: the stack belongs to whoever continues it
    G_DEAD    = 6,      // its function has ended: the stack holds nothing
};

// What the C++ library knows of the exceptions of a thread. (The Itanium C++
// ABI, 2.2.2, calls it __cxa_eh_globals.)
struct caught {
    void *exceptions;           // being handled, the newest first
    unsigned int uncaught;      // on their way to a handler
};

struct g {
    // Chapter 1. Written by gobuf_switch only, when the g stops.
    struct gobuf sched;

    // Chapter 1. Changed by g_set_status only.
    ATOMIC(enum g_status) status;

    // Chapter 1. Owner: the thread that runs the g.
    struct m *m;                // where it runs, or ran last
    int err;                    // its errno, while it does not run
    struct caught caught;       // its C++ exceptions, while it does not run

    // Chapter 1. Constant from the making of the g to its end.
    struct stack stack;
    void (*fn)(void *arg);      // what it runs
    void *arg;

    struct hooks hooks;         // what checking tools know of it
};

// Chapter 1. One for each thread, made when the thread first needs the
// runtime. Owner: that thread.
struct m {
    struct g g0;                // the thread itself, on the stack it came with
    int *errnop;                // where the C library keeps its errno
    struct caught *caughtp;     // and the C++ library this; NULL without C++
};

// fatal.c
_Noreturn void fatal(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

// stack.c
bool stack_alloc(struct stack *s, size_t bytes);
void stack_free(struct stack *s);

// gstatus.c (and gstatus.h)
_Noreturn void g_bad_status(const struct g *gp, enum g_status from,
                            enum g_status to);

// g.c
struct g *m_init(void);
void      g_init(struct g *gp, void (*fn)(void *), void *arg);
void     *g_switch(struct g *from, struct g *to, void *value);
_Noreturn void g_main(void);

// The g that runs on this thread; outside of any coroutine that is the g0 of
// its m, made if need be. Never NULL.
static inline struct g *
g_current(void)
{
    struct g *gp = getg();

    return gp != NULL ? gp : m_init();
}

#endif
