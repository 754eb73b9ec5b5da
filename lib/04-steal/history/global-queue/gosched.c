/** @file gosched.c  A goroutine lets others go first: to the end of the one
 * queue.
 */
#include "schedt.h"

#include "gstatus.h"
#include "proc.h"

static void
then_gosched(struct m *mp, struct g *gp)
{
    g_set_status(gp, G_RUNNING, G_RUNNABLE);
    proc_put(mp, gp);
}

void
proc_yield(void)
{
    proc_leave(then_gosched);
}

void
go_gosched(void)
{
    goroutine("go_gosched");
    proc_yield();
}
