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

#include "preempt.h"
#include "proc.h"

// Every p but mp's, which calls on behalf of its goroutine, is P_STOPPED on
// return. False, and nothing is done, if somebody else is at it, or if the run
// ends: the caller should let itself be stopped.
bool
world_stop(struct m *mp)
{
    // [lab stop-the-world]
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

    preempt_all(s);
    while (s->to_stop > 0) {
        unlock(&s->lock);
        // A signal may come at a bad time: then sysmon sends the next one.
        sysmon_watch(s);
        m_sleep(mp, -1);
        lock(&s->lock);
    }
    unlock(&s->lock);
    return true;
    // [lab stop-the-world]
}

// Start what world_stop has stopped, but for p's that do not exist any more.
void
world_start(struct m *mp)
{
    // [lab start-the-world]
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
        atomic_store(&s->stopping, false);
        if (atomic_load(&s->frozen))                // pairs with proc_freeze
            atomic_store(&s->stopping, true);
    }
    p = atomic_load_relaxed(&s->n_global) > 0 ? sched_get_idle(s) : NULL;
    unlock(&s->lock);

    if (p != NULL)
        m_start(p);
    while ((p = busy) != NULL) {
        busy = p->next;
        m_start(p);
    }
    // [lab start-the-world]
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
    gfree_empty(p);
}

bool procs_alone;
bool procs_abandoned;

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
    procs_alone = n == 1 && !procs_abandoned;
    // sysmon does not stand.
    lock(&s->lock);
    s->procs = n;
    if (s->procs_most < n)
        s->procs_most = n;
    alone_judge(s);
    unlock(&s->lock);
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
    // Ours may be one of those that are no more. Not for a moment may it look
    // as if none were running: at the end of a run m0 counts them.
    lock(&s->lock);
    if (mp->p >= &s->p[n]) {
        mp->p->status = P_STOPPED;
        s->p[0].status = P_RUNNING;
        mp->p = &s->p[0];
        atomic_tell(&mp->p->thread, mp->thread);    // for sysmon, as in execute
    }
    unlock(&s->lock);
    world_start(mp);
    // What waits in our queue was put there when nobody could have taken it.
    if (n > 1)
        sysmon_watch(s);
    return old;
}
