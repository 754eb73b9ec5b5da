/** @file find.c  Go before 1.1: one queue for all threads, behind one lock.
 *
 * Who readies a goroutine takes the lock, puts it there, and wakes a thread if
 * one sleeps. Who looks for one takes the lock, too. There is nothing to steal,
 * and nobody spins. All is fair, and simple; but all threads meet at the lock,
 * each goroutine wakes somebody, and what one thread has in its cache another
 * one runs.
 *
 * Mirrors readylocked, gput, gget and nextgandunlock in Go 1.0's
 * runtime/proc.c.
 */
#include "schedt.h"

#include "proc.h"
#include "wake.h"

struct g *
find_work(struct m *mp)
{
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct g *gp = NULL;

    spin_stop(p);                       // it may have been woken by sysmon
    lock(&s->lock);
    if (atomic_load_relaxed(&s->n_global) > 0) {
        gp = sched_get_one(s);
    } else if (!atomic_load_relaxed(&s->stopping)) {
        mp->p = NULL;
        sched_put_idle(s, p);
        m_push_idle(mp);
        deadlock_check(s);
    }
    unlock(&s->lock);
    return gp;
}

// Nobody has a queue of its own.
struct g *
find_here(struct p *p)
{
    (void)p;
    return NULL;
}

void
see_others(struct p *p)
{
    (void)p;
}

// There is one queue, and all that comes goes to its end.
void
put_last(struct p *p, struct g *gp)
{
    struct sched *s = p->sched;

    lock(&s->lock);
    sched_put(s, gp, gp, 1);

    struct p *idle = sched_get_idle(s);

    unlock(&s->lock);
    if (idle != NULL)
        m_start(idle);
}

void
proc_put(struct m *mp, struct g *gp)
{
    put_last(mp->p, gp);
}
