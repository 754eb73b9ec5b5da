/** @file alone.h  Steps that nobody can come between.
 *
 * If there is one p only, goroutines run one after the other, and what one of
 * them does need not be atomic, and needs no lock, until it comes to the
 * scheduler. Chapter 7 has more for the case that there are several.
 */
#ifndef ALONE_H
#define ALONE_H

#include "schedt.h"

// What the running goroutine does from here to alone_ends is for itself, if this
// is true. It must not come to the scheduler in between, but to leave its stack.
static inline bool
alone_begins(void)
{
    return procs_alone;
}

static inline void
alone_ends(void)
{
}

// The same for the run queues, which may be inside of such steps, or not.
static inline bool
alone_goes_on(bool *outer)
{
    *outer = false;
    return procs_alone;
}

static inline void
alone_returns(bool outer)
{
    (void)outer;
}

// For sysmon, before it looks after the queues, and after it. (Chapter 7)
static inline bool
alone_forbid(struct sched *s)
{
    (void)s;
    return true;
}

static inline void
alone_allow(struct sched *s)
{
    (void)s;
}

// For sysmon, before it looks whether it may sleep. (Chapter 7)
static inline bool
alone_is_seen(struct sched *s)
{
    (void)s;
    return true;
}

#endif
