/** @file park.c  Parking on something that is not a struct lock.
 *
 * As with g_park, what the goroutine holds is released by g0, once the
 * goroutine has left its stack: from then on it may be run elsewhere.
 * Mirrors gopark with its unlockf in Go's runtime/proc.go.
 */
#include "chan.h"

#include "alone.h"
#include "gstatus.h"
#include "proc.h"

static void
then_release(struct m *mp, struct g *gp)
{
    void (*release)(struct g *) = gp->release;

    (void)mp;
    g_set_status(gp, G_RUNNING, G_WAITING);
    if (release != NULL)
        release(gp);
    else
        alone_ends();
}

// Put gp, which calls, to sleep, and have release(gp) called when it has left
// its stack. NULL: if it was alone, it is not any more; if not, there is nothing to
// release. Returns, after somebody calls g_ready, what was put into gp->param
// before.
//
// gp is on the lists that it is to be found on, and holds their locks, unless it is
// alone. release gives them back, and does not touch gp from the last one on.
void *
g_park_with(struct g *gp, void (*release)(struct g *gp), enum wait_reason why)
{
    gp->release = release;
    gp->why = why;
    return proc_leave(then_release);
}

// gp waits for something that never comes.
_Noreturn void
g_park_forever(struct g *gp, enum wait_reason why)
{
    for (;;)
        g_park_with(gp, NULL, why);
}
