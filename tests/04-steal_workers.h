/** @file 04-steal_workers.h  A scheduler without goroutines that run: threads of
 * the check play its m's. What the checks of waking and sleeping share.
 */
#include "explore.h"
#include "gstatus.h"
#include "proc.h"
#include "schedt.h"
#include "wake.h"

enum { WORKERS = 4 };

static struct sched *s;
static struct m worker[WORKERS];
static struct g item[8];
static int taken[8];

// Each p has its m.
static inline void
make_sched(int procs)
{
    s = world.map(sizeof(*s));
    s->procs = s->procs_most = procs;
    atomic_store_relaxed(&s->watched, true);        // no sysmon
    for (int i = 0; i < procs; i++) {
        s->p[i].sched = s;
        s->p[i].status = P_RUNNING;
        worker[i].p = &s->p[i];
        worker[i].sched = s;
        atomic_store_relaxed(&s->p[i].ticks, 1);
    }
}

// This one has nothing to do, and sleeps.
static inline void
rests(struct m *mp)
{
    lock(&s->lock);
    sched_put_idle(s, mp->p);
    mp->p = NULL;
    m_push_idle(mp);
    unlock(&s->lock);
}

// The first m readies these.
static inline void
put_some(int from, int n)
{
    for (int i = from; i < from + n; i++) {
        atomic_store_relaxed(&item[i].status, G_RUNNABLE);
        proc_put(&worker[0], &item[i]);
    }
}

static inline void
count(struct g *gp)
{
    taken[gp - item]++;
    EXPLORE_EXPECT(taken[gp - item] == 1, "A goroutine is found twice.",
                   "It is on one queue at a time.");
}

// An m that looks for work until it has one goroutine; and then computes.
static inline void
finds_one(void *arg)
{
    struct m *mp = arg;

    for (;;) {
        struct g *gp = NULL;

        if (mp->p == NULL)
            m_sleep(mp, -1);
        if (mp->p != NULL)
            gp = find_work(mp);
        if (gp != NULL) {
            count(gp);
            return;
        }
    }
}

// The same, and it does not spin: it was on its way to sleep.
static inline void
goes_idle_first(void *arg)
{
    m_idle(arg);
    finds_one(arg);
}
