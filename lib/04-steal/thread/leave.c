/** @file leave.c  A tool that watches switches is told before and after each: so
 * with it every goroutine that leaves goes to g0.
 */
#include "proc.h"

HOOKS_SWITCH void *
proc_leave(then_fn *then)
{
    getg()->m->curg->since = world.now_coarse();
    return proc_to_g0(then);
}

HOOKS_SWITCH void
proc_leave_for_good(then_fn *then)
{
    proc_to_g0(then);
}
