/** @file proc.c  The scheduler: a goroutine runs, parks, goes on, and ends.
 *
 * A goroutine leaves its stack, and says what is to be done with it then. g0
 * does it (execute.c):
 *
 *     running       leaves by           g0 does                   goes on by
 *     goroutine     go_gosched          to the global queue       its turn
 *                   g_park              releases the lock         g_ready
 *                   go_goexit, return   to the free list          never
 *
 * What g0 does could not be done by the goroutine itself. Once it is on a
 * queue, or its lock is released, another thread may run it, and would do so
 * on the stack that we still stand on.
 *
 *     1  thread A: the goroutine         2  thread B
 *        lock(lk); put itself on a list
 *        leave the stack
 *     1  thread A: g0
 *        status = G_WAITING
 *        unlock(lk)
 *                                           lock(lk); take it off the list
 *                                           unlock(lk); g_ready: it can run
 *
 * Mirrors gopark, goready and goexit in Go's runtime/proc.go.
 */
#include "schedt.h"

#include "gstatus.h"
#include "proc.h"

enum { MOMENT = 2000000 };      // ns

// ---- What goroutines ask for -----------------------------------------------

// gp, which ran on mp, has left its stack, and its registers are saved. It is
// G_WAITING, and the lock that it came with (gp->parked_on) is released, on
// return. From that moment on another thread may take it off its list, make it
// ready, and run it, so nothing of gp may be touched any more.
static void
then_park(struct m *mp, struct g *gp)
{
    // [lab park]
    struct lock *lk = gp->parked_on;

    (void)mp;
    g_set_status(gp, G_RUNNING, G_WAITING);
    unlock(lk);
    // [lab park]
}

// Put the running goroutine to sleep and release lk.
//
// The caller holds lk and has put the goroutine on a wait list that lk
// protects. Returns, without lk, after somebody calls g_ready.
//
// lk is released by g0, not here: until the switch has saved our stack
// pointer, no other thread may take us off the list and run us.
void
g_park(struct lock *lk, enum wait_reason why)
{
    struct g *gp = goroutine("g_park");

    gp->parked_on = lk;
    gp->why = why;
    proc_leave(then_park);
}

// gp, which is parked and which the caller has taken off its wait list, goes
// on when its turn comes: on this p, if nobody else takes it.
void
g_ready(struct g *gp)
{
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    proc_put(getg()->m, gp);
}

// gp, which ends, has mp for itself. mp ends with it, unless it called go_run:
// who knows what gp did to it.
static void
take_along(struct m *mp, struct g *gp)
{
    gp->locked_m = NULL;
    gp->locked = 0;
    mp->locked_g = NULL;
    mp->ends = mp != mp->p->sched->m0;
}

// gp, which ran on mp, has ended, and has left its stack for good.
//
// mp's p counts it as ended, whatever it was. It is G_DEAD and on the free list
// on return, so that the next go finds a g and a stack. If it had mp for itself
// (gp->locked_m), mp may be about to end (take_along): then others get its p.
static void
then_goexit(struct m *mp, struct g *gp)
{
    // [lab goexit]
    struct p *p = mp->p;

    // Pairs with proc_count.
    atomic_store_release(&p->ended, atomic_load_relaxed(&p->ended) + 1);
    if (gp->locked_m != NULL)
        take_along(mp, gp);
    g_set_status(gp, G_RUNNING, G_DEAD);
    gfree_put(mp, gp);
    if (mp->ends)
        p_hand_off(mp);
    // [lab goexit]
}

void
proc_goexit(void)
{
    proc_leave_for_good(then_goexit);
}

// ---- Numbers ---------------------------------------------------------------

// Numbers come in batches, so that threads seldom meet at the counter.
uint64_t
goid_next(struct m *mp)
{
    struct p *p = mp->p;

    if (p->goid == p->goid_end) {
        p->goid_end = atomic_add(&p->sched->goid, GOID_BATCH) + 1;
        p->goid = p->goid_end - GOID_BATCH;
    }
    // Pairs with proc_count.
    atomic_store_release(&p->made, atomic_load_relaxed(&p->made) + 1);
    return p->goid++;
}

// Each p counts for itself. Exact while no goroutine begins or ends.
int
proc_count(void)
{
    struct sched *s = getg()->m->sched;
    uint64_t ended = 0, made = 0;

    // Those that ended first: each of them has been made, and is counted so.
    for (int i = 0; i < s->procs_most; i++)
        ended += atomic_load_acquire(&s->p[i].ended);
    for (int i = 0; i < s->procs_most; i++)
        made += atomic_load_acquire(&s->p[i].made);
    return (int)(made - ended);
}

// The process is about to end: no goroutine is continued from now on.
//
// A thread that has just looked at `stopping`, or has its goroutine's end
// before it, gets a moment. No more, and no lock, because we may have it.
// Mirrors freezetheworld.
void
proc_freeze(void)
{
    struct sched *s = run_active();
    const int64_t end = world.now() + MOMENT;
    uint32_t nobody = 0;

    if (s == NULL)
        return;
    atomic_store(&s->frozen, true);                 // pairs with world_start
    atomic_store(&s->stopping, true);
    for (int64_t left; (left = end - world.now()) > 0;)
        world.futex_wait(&nobody, 0, left);
}
