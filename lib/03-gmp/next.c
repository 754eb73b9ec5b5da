/** @file next.c  Which goroutine runs next on this thread: it sleeps until it
 * has a p, stands while the world is stopped, and does nothing but wait for its
 * own goroutine while that has it for itself. Mirrors schedule, stoplockedm and
 * startlockedm in Go's runtime/proc.go.
 */
#include "schedt.h"

#include "proc.h"

// gp is locked to another m: that m gets our p, and we are idle.
static void
hand_to_locked(struct m *mp, struct g *gp)
{
    struct p *p = mp->p;

    mp->p = NULL;
    m_push_idle(mp);
    m_wake(gp->locked_m, p);
}

// The world is being stopped, so gp waits for its turn once more.
static void
put_back(struct sched *s, struct g *gp)
{
    lock(&s->lock);
    sched_put(s, gp, gp, 1);
    unlock(&s->lock);
}

// A goroutine is locked to mp. Sleep until somebody brings a p for it: whoever
// takes the goroutine from a queue. NULL if the run has ended instead.
static struct g *
next_locked(struct m *mp)
{
    for (;;) {
        if (mp->p != NULL)
            p_hand_off(mp);
        m_sleep(mp, -1);

        struct g *gp = mp->locked_g;

        if (gp == NULL)
            return NULL;
        if (mp->p == NULL)
            continue;

        struct sched *s = mp->p->sched;

        if (!atomic_load_relaxed(&s->stopping))
            return gp;
        put_back(s, gp);
        p_give_up(mp);
    }
}

// The goroutine that mp runs next; sleeps until there is one. NULL only for
// the m0 of a run that has ended.
struct g *
proc_next(struct m *mp)
{
    for (;;) {
        struct g *gp;

        if (mp->locked_g != NULL) {
            gp = next_locked(mp);
            if (gp != NULL)
                return gp;
            m_push_idle(mp);
        }
        if (mp->p == NULL) {
            m_sleep(mp, -1);
            continue;
        }
        mp->sched = mp->p->sched;
        gp = mp->p->next_g;
        mp->p->next_g = NULL;
        if (atomic_load_relaxed(&mp->sched->stopping)) {
            if (gp != NULL)
                put_back(mp->sched, gp);
            p_give_up(mp);
            continue;
        }
        if (gp == NULL)
            gp = find_work(mp);
        if (gp == NULL)
            continue;                   // perhaps without a p
        if (gp->locked_m == NULL || gp->locked_m == mp)
            return gp;
        hand_to_locked(mp, gp);
    }
}
