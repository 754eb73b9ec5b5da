/** @file gstatus.h  The third seam, explored: before each change of a status
 * others may go first. In place of 01-context/gstatus.h.
 */
#ifndef GSTATUS_H
#define GSTATUS_H

#include "runtime.h"

static inline enum g_status
g_status(const struct g *gp)
{
    return gp->status.atomic_value;
}

static inline void
explore_set_status(const char *file, int line, struct g *gp,
                   enum g_status from, enum g_status to)
{
    explore_point(file, line, "status", NULL, &gp->status);
    explore_value(to);
    if (gp->status.atomic_value != from) {
        explore_bad_status(from, to, gp->status.atomic_value);
        g_bad_status(gp, from, to);
    }
    explore_status(gp, from, to);
    gp->status.atomic_value = to;
}

// A macro, so that it is shown where it stands.
#define g_set_status(gp, from, to) \
    explore_set_status(__FILE__, __LINE__, gp, from, to)

#endif
