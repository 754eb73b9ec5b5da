/** @file find.c  Finding a goroutine that can run, and keeping one that can.
 *
 * One of the p's own queue; every 61st time, or if that is empty, one of the
 * global queue. If there is none anywhere, the m gives up its p and sleeps.
 *
 * A busy p that sees idle ones shares its queue with them: sharing is done by
 * the one who has too much. Until chapter 4 nobody takes from another's queue,
 * but for sysmon, once in a while.
 *
 * A goroutine that runs elsewhere must be fetched from this processor's cache,
 * with its stack: some 150 ns. If goroutines end sooner than that, a p keeps
 * them. So sysmon counts how many each p runs (`quick`). A thousand that do
 * nothing took 64 ns each with two p's, instead of 113.
 *
 * Mirrors findRunnable and runqput in Go's runtime/proc.go.
 */
#include "schedt.h"

#include "preempt.h"
#include "proc.h"

enum { GLOBAL_EVERY = 61 };     // a prime, so that no pattern fits it (Go's)

// A goroutine of the global queue, for p. NULL if there is none.
static struct g *
find_global(struct p *p)
{
    struct sched *s = p->sched;
    struct p *other = NULL;

    if (atomic_load_relaxed(&s->n_global) == 0)
        return NULL;
    lock(&s->lock);

    struct g *gp = sched_get(s, p);

    // Some are left, and somebody has nothing to do.
    if (atomic_load_relaxed(&s->n_global) > 0)
        other = sched_get_idle(s);
    unlock(&s->lock);
    if (other != NULL)
        m_start(other);
    return gp;
}

// p has more than one goroutine to run, and other p's have none: half of its
// queue goes to all, and one of them is started.
static void
share(struct p *p)
{
    struct sched *s = p->sched;
    struct g *first, *last;

    if (atomic_load_relaxed(&p->quick))
        return;

    uint32_t n = runq_take_half(&p->runq, &first, &last);

    if (n == 0)
        return;
    lock(&s->lock);
    sched_put(s, first, last, n);

    struct p *other = sched_get_idle(s);

    unlock(&s->lock);
    if (other != NULL)
        m_start(other);
}

static struct g *
find(struct p *p)
{
    struct g *gp;

    // Two goroutines that ready each other would keep the global queue waiting
    // for ever.
    if (atomic_load_relaxed(&p->ticks) % GLOBAL_EVERY == 0) {
        gp = find_global(p);
        if (gp != NULL)
            return gp;
    }
    gp = runq_get(&p->runq);
    if (gp == NULL)
        return find_global(p);
    if (runq_length(&p->runq) > 0 && atomic_load_relaxed(&p->sched->n_idle) > 0)
        share(p);
    return gp;
}

// There is nothing to do for mp, as far as it has seen. Its p goes to the idle
// p's and itself to the idle m's, and mp->p is NULL on return: unless something
// has come to the global queue meanwhile, or the world is being stopped, and
// somebody waits until mp gives its p up in the proper way. Then nothing is
// done, and mp looks once more.
//
// Under s->lock that is certain: who puts something there after us finds our p
// idle. As it may have been the last one that ran, deadlock_check is asked.
static void
nothing(struct m *mp)
{
    // [lab go-idle]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    lock(&s->lock);
    if (atomic_load_relaxed(&s->n_global) == 0 &&
        !atomic_load_relaxed(&s->stopping)) {
        mp->p = NULL;
        sched_put_idle(s, p);
        m_push_idle(mp);
        deadlock_check(s);
    }
    unlock(&s->lock);
    // [lab go-idle]
}

// A goroutine for mp, which has a p. NULL if there is none: then mp is idle,
// unless something has come meanwhile.
struct g *
find_work(struct m *mp)
{
    struct g *gp = find(mp->p);

    if (gp == NULL)
        nothing(mp);
    return gp;
}

// gp has become G_RUNNABLE on mp: it waits in the queue of mp's p.
void
proc_put(struct m *mp, struct g *gp)
{
    struct p *p = mp->p;
    struct sched *s = p->sched;

    runq_put(&p->runq, gp);
    // If this thread computes for ever now, somebody must see that gp waits.
    if (!atomic_load_relaxed(&s->watched) && (PREEMPTS || !p->runq.alone))
        sysmon_watch(s);
}
