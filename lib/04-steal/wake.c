/** @file wake.c  No work waits while a p is idle; and few threads look for work
 * that is not there.
 *
 * To wake a thread costs the one who does it more than a goroutine, and takes
 * 25 us if it sleeps on another processor. So not every goroutine that becomes
 * ready wakes one. An m that has a p and nothing to do looks everywhere before
 * it sleeps: it spins, and while one does, nobody is woken. Whoever spins and
 * finds something wakes the next, if there is more.
 *
 * The rule, for work in the ring of any p, or in the global queue:
 *
 *     if a p is idle, then somebody spins, or is about to be woken
 *
 * What `next` holds is not meant: its p comes to it after the goroutine that
 * it runs, or sysmon sees that it does not. Nor is the ring of a p whose
 * goroutines are `quick`: they are done sooner than somebody is awake. If one
 * of them should not be quick after all, sysmon sees that, too.
 *
 * The rule could break between two who both do the right thing:
 *
 *     1  submits (proc_put)              2  has found nothing (m_idle)
 *        work into the ring                 n_spinning - 1       (a fence)
 *        fence                              looks at every ring
 *        n_spinning is 0?                   lock
 *        n_spinning 0 -> 1                  need_spinning? looks again
 *        lock                               p is idle
 *        an idle p? starts an m for it      unlock; sleeps
 *        none? need_spinning = true
 *        unlock
 *
 * One of the two fences is the first. Is it that of 1, then 2 sees the work in
 * the ring. Is it that of 2, then 1 sees nobody who spins, and comes to the
 * lock; if 2 comes there first, 1 finds its p idle; if not, 2 finds
 * need_spinning set. Without the fences both could look before either has
 * shown what the other one looks for.
 *
 * 2 keeps its p until it has looked: who has no p must not touch the run, which
 * may be over. (Go looks after it has given up its p, and gets another if
 * there is work.)
 *
 * An m that does not spin, because enough others do, does not look at the
 * rings before it sleeps: the last one of those who spin will.
 *
 * Mirrors wakep, resetspinning and the end of findRunnable in Go's
 * runtime/proc.go.
 */
#include "wake.h"

// Whether there is work that somebody should be woken for, in any queue.
static bool
work_waits(struct sched *s)
{
    // [lab work-waits]
    if (atomic_load(&s->n_global) > 0)
        return true;
    for (int i = 0; i < s->procs; i++)
        if (runq_in_ring(&s->p[i].runq) > 0 &&
            !atomic_load_relaxed(&s->p[i].quick))
            return true;
    return false;
    // [lab work-waits]
}

void
wake_one(struct sched *s)
{
    // [lab wake-one]
    int none = 0;

    if (atomic_load_relaxed(&s->n_spinning) > 0)
        return;
    // All are busy, and whoever is not any more knows already.
    if (atomic_load_relaxed(&s->n_idle) == 0 &&
        atomic_load_relaxed(&s->need_spinning))
        return;
    if (!atomic_cas(&s->n_spinning, &none, 1))      // pairs with m_idle
        return;
    lock(&s->lock);

    struct p *p = sched_get_idle(s);

    if (p == NULL)
        atomic_store_relaxed(&s->need_spinning, true);
    unlock(&s->lock);
    if (p == NULL) {
        atomic_add(&s->n_spinning, -1);
        return;
    }
    atomic_store_relaxed(&p->spinning, true);
    m_start(p);
    // [lab wake-one]
}

bool
spin_begin(struct p *p)
{
    struct sched *s = p->sched;

    if (atomic_load_relaxed(&p->spinning))
        return true;

    int busy = s->procs - atomic_load_relaxed(&s->n_idle);

    if (2 * atomic_load_relaxed(&s->n_spinning) >= busy)
        return false;
    atomic_store_relaxed(&p->spinning, true);
    atomic_add(&s->n_spinning, 1);
    return true;
}

void
spin_stop(struct p *p)
{
    if (!atomic_load_relaxed(&p->spinning))
        return;
    atomic_store_relaxed(&p->spinning, false);
    atomic_add(&p->sched->n_spinning, -1);          // pairs with proc_put
}

void
spin_end(struct p *p)
{
    // [lab spin-end]
    spin_stop(p);
    // While we spun, others put work there and woke nobody.
    if (work_waits(p->sched))
        wake_one(p->sched);
    // [lab spin-end]
}

void
m_idle(struct m *mp)
{
    // [lab park-m]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    if (atomic_load_relaxed(&p->spinning)) {
        spin_stop(p);                               // pairs with proc_put
        if (work_waits(s)) {
            atomic_store_relaxed(&p->spinning, true);
            atomic_add(&s->n_spinning, 1);
            return;
        }
    }
    lock(&s->lock);
    if (atomic_load_relaxed(&s->n_global) > 0 ||
        atomic_load_relaxed(&s->stopping)) {
        // Look there.
    } else if (atomic_load_relaxed(&s->need_spinning)) {
        atomic_store_relaxed(&p->spinning, true);
        atomic_add(&s->n_spinning, 1);              // pairs with wake_one
        atomic_store_relaxed(&s->need_spinning, false);
    } else {
        mp->p = NULL;
        sched_put_idle(s, p);
        m_push_idle(mp);
        deadlock_check(s);
    }
    unlock(&s->lock);
    // [lab park-m]
}
