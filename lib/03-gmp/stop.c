/** @file stop.c  Stopping the world, and changing the number of p's.
 *
 * Who stops the world sets `stopping`, takes the idle p's, and waits until
 * each other p has been given up. An m looks at `stopping` whenever it looks
 * for a goroutine; a goroutine that computes holds the world up until it
 * comes to a scheduling point.
 *
 *     1  who stops                       2  another m, running
 *        lock
 *        stopping = true
 *        to_stop = p's that are running
 *        unlock
 *        m_sleep                            its goroutine leaves its stack
 *                                           stopping: lock
 *                                           p is P_STOPPED; --to_stop == 0:
 *                                           m_wake(stopper)
 *                                           unlock, sleep as an idle m
 *        ... changes what it likes
 *        stopping = false
 *        starts an m for each p with work
 *
 * An m that goes idle takes the lock, too, and sees one of the two: it is idle
 * before, and its p is taken; or `stopping` is set, and it gives the p up.
 *
 * Mirrors stopTheWorld, procresize and startTheWorld in Go's runtime/proc.go.
 */
#include "schedt.h"

#include "proc.h"

// Whether p's still run that are to stop.
static bool
is_awaited(struct sched *s)
{
    lock(&s->lock);

    bool some = s->to_stop > 0;

    unlock(&s->lock);
    return some;
}

// Every p but mp's, which calls on behalf of its goroutine, is P_STOPPED on
// return. False, and nothing is done, if somebody else is at it, or if the run
// ends: the caller should let itself be stopped.
bool
world_stop(struct m *mp)
{
    struct sched *s = mp->p->sched;

    lock(&s->lock);
    if (atomic_load_relaxed(&s->stopping)) {
        unlock(&s->lock);
        return false;
    }
    atomic_store_relaxed(&s->stopping, true);
    while (s->idle != NULL)
        sched_get_idle(s)->status = P_STOPPED;
    s->stopper = mp;
    s->to_stop = 0;
    for (int i = 0; i < s->procs; i++)
        s->to_stop += s->p[i].status == P_RUNNING && &s->p[i] != mp->p;

    bool wait = s->to_stop > 0;

    unlock(&s->lock);
    // The last one to stop wakes us, once: so sleep once at least, or its word
    // would be taken for another's later.
    if (wait)
        do
            m_sleep(mp, -1);
        while (is_awaited(s));
    return true;
}

// Start what world_stop has stopped, but for p's that do not exist any more.
void
world_start(struct m *mp)
{
    struct sched *s = mp->p->sched;
    struct p *busy = NULL, *p;

    lock(&s->lock);
    s->stopper = NULL;
    if (!s->ended) {
        for (int i = s->procs - 1; i >= 0; i--) {
            p = &s->p[i];
            if (p == mp->p)
                continue;
            if (runq_length(&p->runq) == 0) {
                sched_put_idle(s, p);
                continue;
            }
            p->status = P_RUNNING;
            p->next = busy;
            busy = p;
        }
        atomic_store_relaxed(&s->stopping, false);
    }
    p = atomic_load_relaxed(&s->n_global) > 0 ? sched_get_idle(s) : NULL;
    unlock(&s->lock);

    if (p != NULL)
        m_start(p);
    while ((p = busy) != NULL) {
        busy = p->next;
        m_start(p);
    }
}

// Everything of p goes to all.
static void
p_empty(struct p *p)
{
    struct sched *s = p->sched;
    struct g *first, *last;
    uint32_t n;

    while ((n = runq_take_half(&p->runq, &first, &last)) > 0) {
        lock(&s->lock);
        sched_put(s, first, last, n);
        unlock(&s->lock);
    }
    while ((first = p->gfree) != NULL) {
        p->gfree = first->next;
        lock(&s->gfree_lock);
        first->next = s->gfree;
        s->gfree = first;
        atomic_store_relaxed(&s->n_gfree, atomic_load_relaxed(&s->n_gfree) + 1);
        unlock(&s->gfree_lock);
    }
    p->n_gfree = 0;
}

// There are n p's from now on. The world stands.
void
procs_resize(struct sched *s, int n)
{
    for (int i = s->procs; i < n; i++)
        s->p[i].sched = s;
    for (int i = n; i < s->procs; i++)
        p_empty(&s->p[i]);
    for (int i = 0; i < n; i++)
        s->p[i].runq.alone = n == 1;
    s->procs = n;
    if (s->procs_most < n)
        s->procs_most = n;
}

int
go_gomaxprocs(int n)
{
    struct g *gp = goroutine("go_gomaxprocs");
    struct sched *s = gp->m->p->sched;

    lock(&s->lock);

    int old = s->procs;

    unlock(&s->lock);
    if (n < 1 || n == old)
        return old;
    if (n > MAX_PROCS)
        n = MAX_PROCS;
    while (!world_stop(gp->m))
        go_gosched();

    struct m *mp = gp->m;

    old = s->procs;
    procs_resize(s, n);
    // Ours may be one of those that are no more.
    if (mp->p >= &s->p[n]) {
        mp->p->status = P_STOPPED;
        s->p[0].status = P_RUNNING;
        mp->p = &s->p[0];
    }
    world_start(mp);
    return old;
}
