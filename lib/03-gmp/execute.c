/** @file execute.c  A goroutine is continued, and leaves.
 *
 * Each m that has a p stands in a loop on its own stack, g0: find a goroutine
 * (next.c), run it until it leaves its stack, do what it asked for, find the
 * next.
 *
 * Mirrors execute in Go's runtime/proc.go, and mcall in asm_*.s.
 */
#include "schedt.h"

#include "fresh.h"
#include "gstatus.h"
#include "proc.h"

HOOKS_SWITCH void *
proc_to_g0(then_fn *then)
{
    struct g *from = getg();
    struct m *mp = from->m;

    mp->curg->top = from;
    // If the run ends before it goes on, others use the stack after it.
    race_release(mp->curg);
    race_release(from);
    return g_switch(from, &mp->g0, (void *)then);
}

// [execute]
HOOKS_SWITCH void
proc_execute(struct m *mp, struct g *gp)
{
    struct p *p = mp->p;

    gp = g_begin(mp, gp);       // it may have no stack yet (chapter 4)
    atomic_store_relaxed(&p->ticks, atomic_load_relaxed(&p->ticks) + 1);
    g_set_status(gp, G_RUNNABLE, G_RUNNING);
    gp->m = mp;
    mp->curg = gp;
    atomic_tell(&p->thread, mp->thread);        // whom to signal: chapter 5

    then_fn *then = (then_fn *)g_switch(&mp->g0, gp->top, gp->param);

    gp = mp->curg;              // who comes back may be another (chapter 4)
    mp->curg = NULL;
    then(mp, gp);
}
// [execute]
