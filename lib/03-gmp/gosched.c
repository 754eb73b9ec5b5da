/** @file gosched.c  A goroutine lets others go first. Mirrors goschedImpl in
 * Go's runtime/proc.go.
 */
#include "schedt.h"

#include "gstatus.h"
#include "proc.h"

// The g0 of a p that has nothing in its own queue would look into the global
// one next: it does so now, while it has the lock. If it has, gp is left there
// for whoever is idle.
static void
then_gosched(struct m *mp, struct g *gp)
{
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct p *other = NULL;

    g_set_status(gp, G_RUNNING, G_RUNNABLE);
    lock(&s->lock);
    sched_put(s, gp, gp, 1);
    if (runq_length(&p->runq) > 0)
        other = sched_get_idle(s);
    else if (mp->locked_g == NULL && !atomic_load_relaxed(&s->stopping))
        p->next_g = sched_get_one(s);
    unlock(&s->lock);
    if (other != NULL)
        m_start(other);
}

void
proc_yield(void)
{
    struct p *p = getg()->m->p;
    struct sched *s = p->sched;

    // Nobody else waits: our turn is over, and comes again.
    if (runq_length(&p->runq) == 0 && atomic_load_relaxed(&s->n_global) == 0 &&
        !atomic_load_relaxed(&s->stopping))
        return;
    proc_leave(then_gosched);
}

void
go_gosched(void)
{
    goroutine("go_gosched");
    proc_yield();
}
