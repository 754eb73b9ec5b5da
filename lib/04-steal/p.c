/** @file p.c  A p changes hands.
 *
 * Two occasions. An m must do without its p for a while, and hands it to
 * another m. Somebody stops the world, and each m gives its p up.
 *
 * A p is handed over if there is work for it; and if there may be, because all
 * others are busy and nobody looks.
 *
 * Mirrors handoffp, and what stands around it, in Go's runtime/proc.go.
 */
#include "wake.h"

// The world is being stopped, and p stands. The caller holds the lock.
static void
stopped(struct sched *s, struct p *p)
{
    p->status = P_STOPPED;
    if (p->abandoned)
        return;                         // nobody waits; m0 may be no more
    if (s->stopper != NULL && --s->to_stop == 0)
        m_wake(s->stopper, NULL);
    if (s->ended)
        m_wake(s->m0, NULL);
}

// Whether p shall have an m though it has nothing: somebody has asked for it
// (wake.c); or no other p is idle, and nobody looks for work, so that what comes
// next would find nobody. It spins then. The caller holds the lock.
static bool
must_look(struct p *p)
{
    struct sched *s = p->sched;
    int none = 0;

    if (p->runq.alone)
        return false;
    if (atomic_load_relaxed(&s->need_spinning))
        atomic_add(&s->n_spinning, 1);              // pairs with wake_one
    else if (atomic_load_relaxed(&s->n_idle) > 0 ||
             !atomic_cas(&s->n_spinning, &none, 1)) // pairs with wake_one
        return false;
    atomic_store_relaxed(&s->need_spinning, false);
    atomic_store_relaxed(&p->spinning, true);
    return true;
}

// mp cannot run goroutines for a while; its p shall not wait with it.
void
p_hand_off(struct m *mp)
{
    // [lab hand-off]
    struct p *p = mp->p;
    struct sched *s = p->sched;
    struct p *busy = NULL;

    // Already chosen, but not by whoever comes now. There is room: nobody is
    // chosen unless the ring is empty.
    if (p->next_g != NULL)
        runq_put(&p->runq, p->next_g);
    p->next_g = NULL;
    lock(&s->lock);
    mp->p = NULL;
    if (atomic_load_relaxed(&s->stopping)) {
        stopped(s, p);
    } else if (runq_length(&p->runq) > 0 ||
               atomic_load_relaxed(&s->n_global) > 0 || must_look(p)) {
        busy = p;
    } else {
        sched_put_idle(s, p);
        deadlock_check(s);
    }
    unlock(&s->lock);
    if (busy != NULL)
        m_start(busy);
    // [lab hand-off]
}

// The world is being stopped: mp stands without a p from now on, and is idle,
// unless a goroutine is locked to it. If the run has ended long ago, and
// nobody waits any more, it stands for ever.
void
p_give_up(struct m *mp)
{
    // [lab give-up]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    spin_stop(p);
    lock(&s->lock);
    if (p->abandoned) {
        unlock(&s->lock);
        for (;;)
            m_sleep(mp, -1);
    }
    if (atomic_load_relaxed(&s->stopping)) {
        mp->p = NULL;
        if (mp->locked_g == NULL && mp != s->m0)
            m_push_idle(mp);
        stopped(s, p);
    }
    unlock(&s->lock);
    // [lab give-up]
}
