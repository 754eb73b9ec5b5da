/** @file leave.c  From goroutine to goroutine, without g0 in between.
 *
 * A goroutine that parks mostly has somebody behind it in its own p's queue:
 * often the very one that it has just readied. To go to g0, only to be sent on
 * from there, takes two switches. Straight there it is one.
 *
 * What g0 would do with the one that leaves must wait until it has left its
 * stack. So it is done on the stack of the one that goes on, before that does:
 *
 *     1  goroutine A                     2  another thread
 *        lock(lk); onto a list
 *        takes B from the p's ring
 *        m: left = A, then = then_park
 *        gobuf_pass: saves A, and
 *        stands on B's stack
 *        then(A): A is G_WAITING
 *        unlock(lk)
 *                                           lock(lk); takes A off the list
 *                                           g_ready(A)
 *        B is G_RUNNING
 *     1  goroutine B goes on
 *
 * Nobody can continue A before `then`: its lock is held, or it is on no list.
 *
 * g0 is needed where there is more to choose than who comes next here: each
 * 61st time, if the p's own queue is empty, if the world stops, and if one of
 * the two is bound to a thread. Go always takes that way: mcall, schedule,
 * gogo.
 */
#include "schedt.h"

#include "fresh.h"
#include "godebug.h"
#include "gstatus.h"
#include "pass.h"
#include "proc.h"

// Who goes on here when the running goroutine has left, or NULL: then g0 sees
// to it.
static struct g *
follower(struct m *mp)
{
    struct sched *s = mp->p->sched;

    // m0 is to come back from its first goroutine (run.c).
    if (mp == s->m0 || mp->locked_g != NULL || mp->p->next_g != NULL ||
        atomic_load_relaxed(&s->stopping))
        return NULL;
    return find_here(mp->p);
}

void
proc_passed(struct m *mp)
{
    mp->then(mp, mp->left);
    see_others(mp->p);
    g_set_status(mp->curg, G_RUNNABLE, G_RUNNING);
}

// It leaves for g0, which takes its time anyway: so see what time it is.
static void *
to_g0(struct sched *s, struct g *gp, then_fn *then)
{
    gp->since = world.now_coarse();
    atomic_tell(&s->now, gp->since);
    return proc_to_g0(then);
}

// [leave]
void *
proc_leave(then_fn *then)
{
    struct g *from = getg();
    struct m *mp = from->m;
    struct g *next = follower(mp);

    struct g *gp = mp->curg;

    // A new stack is asked for on g0: that takes time, and some stack.
    if (next != NULL && g_is_fresh(next) && mp->p->gfree == NULL) {
        mp->p->next_g = next;
        next = NULL;
    }
    if (next == NULL)
        return to_g0(mp->p->sched, gp, then);
    stack_check(from);
    next = g_begin(mp, next);
    mp->then = then;
    mp->left = gp;
    gp->top = from;
    gp->since = atomic_load_relaxed(&mp->p->sched->now);
    atomic_store_relaxed(&mp->p->ticks, atomic_load_relaxed(&mp->p->ticks) + 1);
    mp->curg = next;
    next->m = mp;
    return g_pass(from, next->top, next->param);
}
// [leave]

// Who has ended needs nobody to save its registers. And it may do itself what
// comes then, while it still stands on its stack: only this p's m takes anything
// from the p's free list, and that is we. If the next one has not begun, it most
// likely gets this very g and this stack, and begins at the top of it.
void
proc_leave_for_good(then_fn *then)
{
    struct m *mp = getg()->m;
    struct g *gp = mp->curg;
    // A stack of another size goes back to all, and stackfill empties it.
    const bool kept = gp->stack_max == godebug.stacksize && !godebug.stackfill;
    struct g *next = kept ? follower(mp) : NULL;

    if (next == NULL)
        proc_to_g0(then);
    stack_check(gp);
    gp->top = gp;               // when it last left, it may have been in a coroutine
    then(mp, gp);
    see_others(mp->p);
    next = g_begin(mp, next);
    atomic_store_relaxed(&mp->p->ticks, atomic_load_relaxed(&mp->p->ticks) + 1);
    g_set_status(next, G_RUNNABLE, G_RUNNING);
    mp->curg = next;
    next->m = mp;                       // its top may be a coroutine
    g_go(mp, next->top, next->param);
}
