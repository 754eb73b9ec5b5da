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
g_set_status(struct g *gp, enum g_status from, enum g_status to)
{
    explore_point(__FILE__, __LINE__, "status", &gp->status);
    explore_value(to);
    if (gp->status.atomic_value != from)
        g_bad_status(gp, from, to);
    gp->status.atomic_value = to;
}

#endif
