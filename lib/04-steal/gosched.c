/** @file gosched.c  A goroutine lets others go first: it waits behind all that
 * wait on its p.
 *
 * Go puts it at the end of the global queue. There all p's meet at one lock, each
 * time; and who goes on on another processor must be fetched from the cache of
 * the first. Here that is done only if nobody waits but the one that goes on
 * now: then an idle p may come for it. Who waits in the global queue does not
 * wait for ever: each p looks there every 61st time (find.c).
 *
 * One p meets nobody: it uses the global queue as Go does, and needs no lock. And
 * the one that comes next is continued at once, without g0 in between: nobody
 * else could run this one while we are still on its stack, so it may be on the
 * queue already.
 *
 * Mirrors goschedImpl in Go's runtime/proc.go.
 */
#include "schedt.h"

#include "fresh.h"
#include "gstatus.h"
#include "proc.h"
#include "wake.h"

// gp waits in the global queue. The g0 of a p that has nothing in its own queue
// would look there next: it does so now, while it has the lock. If it has, gp is
// left there for whoever is idle.
static void
put_global(struct m *mp, struct g *gp, bool looks)
{
    struct p *p = mp->p;
    struct sched *s = p->sched;

    lock(&s->lock);
    sched_put(s, gp, gp, 1);
    if (looks && runq_length(&p->runq) == 0)
        p->next_g = sched_get_one(s);
    unlock(&s->lock);
    if (p->next_g != NULL || p->runq.alone)
        return;
    atomic_fence();                                 // pairs with spin_stop
    wake_one(s);
}

// gp waits in the ring, where others wait already: whoever put the first of them
// there has seen to it that an idle p knows. g0 takes the p's share from the
// global queue, if it gets that far, so that those who wait there do not get one
// turn for 61 of the others.
static void
put_local(struct m *mp, struct g *gp, bool looks)
{
    struct p *p = mp->p;
    struct sched *s = p->sched;

    put_last(p, gp);
    if (!looks || atomic_load_relaxed(&s->n_global) == 0 ||
        runq_in_ring(&p->runq) > RUNQ_SIZE / 2)
        return;
    lock(&s->lock);
    p->next_g = sched_get(s, p);
    unlock(&s->lock);
}

static void
then_gosched(struct m *mp, struct g *gp)
{
    struct p *p = mp->p;
    // Not if the next one has been chosen: it is current already (leave.c).
    const bool looks = mp->curg == NULL && p->next_g == NULL &&
                       mp->locked_g == NULL &&
                       !atomic_load_relaxed(&p->sched->stopping);

    g_set_status(gp, G_RUNNING, G_RUNNABLE);
    if (!p->runq.alone && runq_in_ring(&p->runq) > 0)
        put_local(mp, gp, looks);
    else
        put_global(mp, gp, looks);
}

// ---- One p -----------------------------------------------------------------

// Who would come next, were the running goroutine put at the end of the global
// queue. It is on no queue on return. NULL if g0 had better see to it.
static struct g *
take_next(struct m *mp)
{
    struct p *p = mp->p;
    struct sched *s = p->sched;

    // m0 is to come back from its first goroutine (run.c).
    if (mp == s->m0 || mp->locked_g != NULL || s->head == NULL ||
        atomic_load_relaxed(&s->stopping))
        return NULL;
    if (runq_length(&p->runq) > 0 || s->head->locked_m != NULL ||
        g_is_fresh(s->head))
        return NULL;
    return sched_get_one(s);
}

// gp, which runs, waits at the end of the global queue, and next is continued.
HOOKS_SWITCH static void
change_to(struct m *mp, struct g *gp, struct g *next)
{
    struct p *p = mp->p;
    struct g *from = getg();

    gp->top = from;
    race_release(gp);
    race_release(from);
    g_set_status(gp, G_RUNNING, G_RUNNABLE);
    sched_put(p->sched, gp, gp, 1);
    atomic_store_relaxed(&p->ticks, atomic_load_relaxed(&p->ticks) + 1);
    g_set_status(next, G_RUNNABLE, G_RUNNING);
    next->m = mp;
    mp->curg = next;
    g_switch(from, next->top, next->param);
}

// ---- Any number ------------------------------------------------------------

void
proc_yield(void)
{
    struct m *mp = getg()->m;
    struct g *gp = mp->curg;
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct g *next = NULL;

    stack_check(getg());        // also if it goes on at once
    // Nobody else waits: our turn is over, and comes again.
    if (runq_length(&p->runq) == 0 && atomic_load_relaxed(&s->n_global) == 0 &&
        !atomic_load_relaxed(&s->stopping))
        return;
    if (p->runq.alone)
        next = take_next(mp);
    if (next != NULL)
        change_to(mp, gp, next);
    else
        proc_leave(then_gosched);
}

void
go_gosched(void)
{
    goroutine("go_gosched");
    proc_yield();
}
