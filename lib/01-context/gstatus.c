/** @file gstatus.c  What is said when a goroutine's state breaks a rule. */
#include "gstatus.h"

static const char *
name(enum g_status status)
{
    switch (status) {
    case G_IDLE:    return "idle";
    case G_RUNNABLE: return "runnable";
    case G_RUNNING: return "running";
    case G_WAITING: return "waiting";
    case G_DEAD:    return "dead";
    }
    return "overwritten";
}

// gp should go from `from` to `to`, and is somewhere else.
_Noreturn void
g_bad_status(const struct g *gp, enum g_status from, enum g_status to)
{
    fatal("g_set_status: goroutine is %s, so it cannot go from %s to %s",
          name(g_status(gp)), name(from), name(to));
}
