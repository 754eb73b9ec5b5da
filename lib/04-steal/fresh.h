/** @file fresh.h  A goroutine that has not begun has no stack.
 *
 * What go says fits into two lines of the cache. More is not needed as long as
 * the goroutine waits for its first turn; so all that a queue holds is small,
 * and lies side by side. When it begins, it gets the g and the stack that were
 * used last: mostly those of the goroutine that has just ended, or that will end
 * before the next one begins. A thousand goroutines that are started, and run
 * one after the other, use one stack, which never leaves the cache.
 *
 * Such a goroutine is a struct g of which only the first part exists.
 *
 * Invariants:
 *   - it is G_WAITING until go has filled it in; then G_RUNNABLE, and on one
 *     queue; or G_DEAD, and on a free list;
 *   - its top is NULL, and that of a whole g never is;
 *   - whoever takes it from a queue, to run it, exchanges it for a whole g
 *     (g_begin). Nobody else has kept its address.
 *
 * Go does not do this: there newproc takes a g with its stack.
 */
#ifndef FRESH_H
#define FRESH_H

#include "runtime.h"

struct sched;

enum { FRESH_BYTES = offsetof(struct g, sched) };

static inline bool
g_is_fresh(const struct g *gp)
{
    return gp->top == NULL;
}

// fresh.c: the whole g for gp, which is fresh, and is free on return.
struct g *fresh_begin(struct m *mp, struct g *gp);

// All that s has had goes back to the world.
void fresh_free(struct sched *s);

// gp, which is G_RUNNABLE and on no queue, is to be continued: its whole g.
static inline struct g *
g_begin(struct m *mp, struct g *gp)
{
    return g_is_fresh(gp) ? fresh_begin(mp, gp) : gp;
}

#endif
