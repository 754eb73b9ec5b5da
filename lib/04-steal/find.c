/** @file find.c  Finding a goroutine that can run, and keeping one that can.
 *
 * Where an m looks, in this order, until it has found one:
 *
 *     1  every 61st time: the global queue, for one
 *     2  its own p: who runs next, then the ring
 *     3  the global queue, for its share
 *     4  the rings of others, of which it takes half: it spins (steal.c)
 *     5  everything once more, before it sleeps (wake.c)
 *
 * A goroutine that is ready runs next on the p that readied it: what both have
 * to do with is in this processor's cache. It pushes out who should have run
 * next, to the end of the ring; and if that is full, half of it goes to the
 * global queue, all at once.
 *
 * A goroutine that runs elsewhere must be fetched from this processor's cache,
 * with its stack: some 150 ns. If goroutines end sooner than that, it is better
 * to keep them. So sysmon counts how many each p runs, and how many of them end;
 * and a thief looks first whether the ring will be empty in a moment anyway.
 * What is `quick` by the one or the other is neither stolen nor a reason to wake
 * somebody. Goroutines that are continued for a short time, again and again, are
 * worth fetching once.
 *
 * Mirrors findRunnable, runqput and ready in Go's runtime/proc.go.
 */
#include "schedt.h"

#include "preempt.h"
#include "proc.h"
#include "steal.h"
#include "wake.h"

enum { GLOBAL_EVERY = 61 };     // a prime, so that no pattern fits it (Go's)

// The oldest of the global queue alone, or with p's share of what is there. NULL
// if there is none.
static struct g *
find_global(struct p *p, bool alone)
{
    struct sched *s = p->sched;
    struct g *gp = NULL;

    if (atomic_load_relaxed(&s->n_global) == 0)
        return NULL;
    lock(&s->lock);
    if (!alone)
        gp = sched_get(s, p);
    else if (atomic_load_relaxed(&s->n_global) > 0)
        gp = sched_get_one(s);
    unlock(&s->lock);
    return gp;
}

static struct g *
find(struct p *p)
{
    struct g *gp = NULL;

    // [lab find-work]
    if (atomic_load_relaxed(&p->ticks) % GLOBAL_EVERY == 0)
        gp = find_global(p, true);
    if (gp == NULL)
        gp = runq_get(&p->runq);
    if (gp == NULL)
        gp = find_global(p, false);
    if (gp == NULL && !p->runq.alone && spin_begin(p))
        gp = steal(p);
    return gp;
    // [lab find-work]
}

// We leave something behind, and somebody has nothing to do: whoever came here
// without a submit was seen by nobody.
void
see_others(struct p *p)
{
    struct sched *s = p->sched;

    if (atomic_load_relaxed(&s->n_idle) > 0 &&
        !atomic_load_relaxed(&p->quick) &&
        (runq_in_ring(&p->runq) > 0 || atomic_load_relaxed(&s->n_global) > 0))
        wake_one(s);
}

// A goroutine for mp, which has a p. NULL if there is none: then mp is idle,
// unless something has come meanwhile.
struct g *
find_work(struct m *mp)
{
    struct p *p = mp->p;
    struct g *gp = find(p);

    if (gp == NULL)
        m_idle(mp);
    else if (atomic_load_relaxed(&p->spinning))
        spin_end(p);
    else
        see_others(p);
    return gp;
}

// The one that comes next in p's own queue, if there is no need to look
// anywhere else, and any thread may run it. NULL if there is: then g0 sees to it.
// Who has a goroutine from here calls see_others when it holds no lock.
struct g *
find_here(struct p *p)
{
    if (atomic_load_relaxed(&p->ticks) % GLOBAL_EVERY == 0 &&
        atomic_load_relaxed(&p->sched->n_global) > 0)
        return NULL;

    struct g *gp = runq_get(&p->runq);

    if (gp == NULL)
        return NULL;
    if (gp->locked_m != NULL) {
        p->next_g = gp;                 // g0 hands it over
        return NULL;
    }
    return gp;
}

// gp waits at the end of p's ring; if that is full, with half of it at the end
// of the global queue.
void
put_last(struct p *p, struct g *gp)
{
    struct sched *s = p->sched;

    while (!runq_put(&p->runq, gp)) {
        struct g *first, *last;
        uint32_t n = runq_overflow(&p->runq, gp, &first, &last);

        if (n == 0)
            continue;
        lock(&s->lock);
        sched_put(s, first, last, n);
        unlock(&s->lock);
        return;
    }
}

// gp has become G_RUNNABLE on mp: it runs next, on mp's p. Who should have run
// next waits in the ring, and is work for others: one is woken for it, unless p
// is quick. But nobody is woken for gp alone: whoever readies a goroutine mostly
// parks soon. Yet sysmon must watch from now on, if more than one p is there: if
// this thread computes for ever, somebody must see that gp waits. (watched pairs
// with may_sleep.)
void
proc_put(struct m *mp, struct g *gp)
{
    // [lab submit]
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct g *pushed = runq_put_next(&p->runq, gp);

    if (pushed != NULL)
        put_last(p, pushed);
    if (p->runq.alone && !PREEMPTS)
        return;
    if (!atomic_load(&s->watched))
        sysmon_watch(s);
    if (pushed == NULL || p->runq.alone || atomic_load_relaxed(&p->quick))
        return;
    atomic_fence();                                 // pairs with spin_stop
    wake_one(s);
    // [lab submit]
}
