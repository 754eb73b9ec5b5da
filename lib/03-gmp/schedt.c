/** @file schedt.c  The two lists that all p's share: goroutines that wait for a
 * turn, and p's that have nothing to do.
 *
 * The caller of each function holds s->lock. Mirrors globrunqput, globrunqget,
 * pidleput and pidleget in Go's runtime/proc.go.
 */
#include "schedt.h"

// n goroutines, all G_RUNNABLE, linked from first to last, wait at the end of
// the global queue.
void
sched_put(struct sched *s, struct g *first, struct g *last, uint32_t n)
{
    trace_global(first, n);
    last->next = NULL;
    if (s->head == NULL)
        s->head = first;
    else
        s->tail->next = first;
    s->tail = last;
    atomic_store_relaxed(&s->n_global, atomic_load_relaxed(&s->n_global) + n);
}

static struct g *
take(struct sched *s)
{
    struct g *gp = s->head;

    s->head = gp->next;
    return gp;
}

// The goroutine that waits longest. There is one.
struct g *
sched_get_one(struct sched *s)
{
    atomic_store_relaxed(&s->n_global, atomic_load_relaxed(&s->n_global) - 1);
    return take(s);
}

// The goroutine that waits longest, NULL if there is none. p gets some more
// for its own queue: its share, so that it need not come back for each one.
//
// The share is what is there, divided by the number of p's, and one more: for
// if there are fewer goroutines than p's, it is not to be 0.
struct g *
sched_get(struct sched *s, struct p *p)
{
    uint32_t n = atomic_load_relaxed(&s->n_global);
    uint32_t share;

    if (n == 0)
        return NULL;
    // [lab global-share]
    share = n / (uint32_t)s->procs + 1;
    // [lab global-share]
    if (share > n)
        share = n;
    if (share > SHARE_MAX)
        share = SHARE_MAX;
    atomic_store_relaxed(&s->n_global, n - share);

    struct g *gp = take(s);

    while (--share > 0) {
        struct g *next = take(s);

        // If it has waited for a channel, with many others, they come behind it
        // here, too. (Without a top it is not whole yet.)
        if (next->top != NULL)
            g_expect_later(next->sudog.later);
        runq_put(&p->runq, next);
    }
    return gp;
}

// p, which was P_RUNNING and has an empty queue, is idle.
void
sched_put_idle(struct sched *s, struct p *p)
{
    trace_idle(p);
    p->status = P_IDLE;
    p->next = s->idle;
    s->idle = p;
    atomic_store_relaxed(&s->n_idle, atomic_load_relaxed(&s->n_idle) + 1);
    alone_judge(s);
}

// A p that was idle, and is P_RUNNING now: the caller finds it an m. NULL if
// none is idle.
struct p *
sched_get_idle(struct sched *s)
{
    struct p *p = s->idle;

    if (p == NULL)
        return NULL;
    trace_busy(p);
    s->idle = p->next;
    p->status = P_RUNNING;
    atomic_store_relaxed(&s->n_idle, atomic_load_relaxed(&s->n_idle) - 1);
    alone_judge(s);
    return p;
}
