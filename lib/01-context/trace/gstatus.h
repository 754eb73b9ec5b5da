/** @file gstatus.h  The third seam in a trace build (TRACE=1): every change of
 * a goroutine's state is checked, as always, and written down.
 */
#ifndef GSTATUS_H
#define GSTATUS_H

#include "runtime.h"

// trace.c
void trace_status(struct g *gp, enum g_status from, enum g_status to);

static inline enum g_status
g_status(const struct g *gp)
{
    return atomic_load_relaxed(&gp->status);
}

// gp, which is in `from`, is in `to` from now on. A broken rule is fatal.
static inline void
g_set_status(struct g *gp, enum g_status from, enum g_status to)
{
    if (__builtin_expect(g_status(gp) != from, 0))
        g_bad_status(gp, from, to);
    trace_status(gp, from, to);
    atomic_store_relaxed(&gp->status, to);
}

#endif
