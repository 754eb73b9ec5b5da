/** @file getg.h  Which g runs on this thread, when threads are played. In place
 * of 01-context/MACHINE/getg.h.
 */
#ifndef GETG_H
#define GETG_H

#include "explore.h"

static inline struct g *
getg(void)
{
    return explore_getg();
}

static inline void
setg(struct g *gp)
{
    explore_setg(gp);
}

#endif
