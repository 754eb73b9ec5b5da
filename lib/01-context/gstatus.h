/** @file gstatus.h  The third seam: every change of a goroutine's state.
 *
 * There is one way to change a status, and it names the status that must be
 * there before. So a goroutine that is continued twice, or put to sleep by
 * somebody else, is caught where it happens. A file that stands in for this
 * one sees everything that ever happens to a goroutine: traces and pictures
 * come from there.
 *
 * Mirrors casgstatus in Go's runtime/proc.go. Go needs compare-and-swap,
 * because its collector also writes to the status; we have none, and whoever
 * changes a status owns the goroutine at that moment.
 */
#ifndef GSTATUS_H
#define GSTATUS_H

#include "runtime.h"

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
    atomic_store_relaxed(&gp->status, to);
}

#endif
