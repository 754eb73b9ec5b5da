/** @file proc.c  The scheduler: which goroutine runs next on this thread.
 *
 * Each m that has a p stands in a loop on its own stack, g0: find a goroutine,
 * run it until it leaves its stack, do what it asked for, find the next.
 *
 *     running       leaves by           g0 does                   goes on by
 *     goroutine     go_gosched          to the global queue       its turn
 *                   g_park              releases the lock         g_ready
 *                   go_goexit, return   to the free list          never
 *
 * What g0 does could not be done by the goroutine itself. Once it is on a
 * queue, or its lock is released, another thread may run it, and would do so
 * on the stack that we still stand on.
 *
 *     1  thread A: the goroutine         2  thread B
 *        lock(lk); put itself on a list
 *        leave the stack
 *     1  thread A: g0
 *        status = G_WAITING
 *        unlock(lk)
 *                                           lock(lk); take it off the list
 *                                           unlock(lk); g_ready: it can run
 *
 * Mirrors schedule, execute, findRunnable, gopark and goready in Go's
 * runtime/proc.go.
 */
#include "schedt.h"

#include "gstatus.h"
#include "proc.h"

enum {
    GLOBAL_EVERY = 61,          // a prime, so that no pattern fits it (Go's)
    MOMENT = 2000000,           // ns
};

// ---- Leaving and coming back -----------------------------------------------

HOOKS_SWITCH void
proc_leave(then_fn *then)
{
    struct g *from = getg();
    struct m *mp = from->m;

    mp->curg->top = from;
    // If the run ends before it goes on, others use the stack after it.
    race_release(mp->curg);
    race_release(from);
    g_switch(from, &mp->g0, (void *)then);
}

HOOKS_SWITCH void
proc_execute(struct m *mp, struct g *gp)
{
    struct p *p = mp->p;

    atomic_store_relaxed(&p->ticks, atomic_load_relaxed(&p->ticks) + 1);
    g_set_status(gp, G_RUNNABLE, G_RUNNING);
    gp->m = mp;
    mp->curg = gp;

    then_fn *then = (then_fn *)g_switch(&mp->g0, gp->top, NULL);

    mp->curg = NULL;
    then(mp, gp);
}

// ---- Finding work ----------------------------------------------------------

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
        p_share(p);
    return gp;
}

// There is nothing to do for mp, as far as it has seen. It gives up its p and
// is idle on return, unless something has come to the global queue meanwhile.
// Under the lock that is certain: who puts something there after us finds our
// p idle.
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
            gp = find(mp->p);
        if (gp == NULL)
            nothing(mp);
        else if (gp->locked_m != NULL && gp->locked_m != mp)
            hand_to_locked(mp, gp);
        else
            return gp;
    }
}

// gp has become G_RUNNABLE on mp: it waits in the queue of mp's p.
void
proc_put(struct m *mp, struct g *gp)
{
    struct p *p = mp->p;
    struct sched *s = p->sched;

    runq_put(&p->runq, gp);
    // If this thread computes for ever now, somebody must see that gp waits.
    if (!atomic_load_relaxed(&s->watched) && !p->runq.alone)
        sysmon_watch(s);
}

// ---- What goroutines ask for -----------------------------------------------

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
go_gosched(void)
{
    struct p *p = goroutine("go_gosched")->m->p;
    struct sched *s = p->sched;

    // Nobody else waits: our turn is over, and comes again.
    if (runq_length(&p->runq) == 0 && atomic_load_relaxed(&s->n_global) == 0 &&
        !atomic_load_relaxed(&s->stopping))
        return;
    proc_leave(then_gosched);
}

static void
then_park(struct m *mp, struct g *gp)
{
    // [lab park]
    struct lock *lk = gp->parked_on;

    (void)mp;
    g_set_status(gp, G_RUNNING, G_WAITING);
    unlock(lk);
    // [lab park]
}

// Put the running goroutine to sleep and release lk.
//
// The caller holds lk and has put the goroutine on a wait list that lk
// protects. Returns, without lk, after somebody calls g_ready.
//
// lk is released by g0, not here: until the switch has saved our stack
// pointer, no other thread may take us off the list and run us.
void
g_park(struct lock *lk, enum wait_reason why)
{
    struct g *gp = goroutine("g_park");

    gp->parked_on = lk;
    gp->why = why;
    gp->since = world.now_coarse();
    proc_leave(then_park);
}

// gp, which is parked and which the caller has taken off its wait list, goes
// on when its turn comes: on this p, if nobody else takes it.
void
g_ready(struct g *gp)
{
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    proc_put(getg()->m, gp);
}

static void
then_goexit(struct m *mp, struct g *gp)
{
    // [lab goexit]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    // Pairs with proc_count.
    atomic_store_release(&p->ended, atomic_load_relaxed(&p->ended) + 1);
    if (gp->id == 1) {
        lock(&s->lock);
        s->main_exited = true;
        unlock(&s->lock);
    }

    // Who knows what it did to the thread that it had for itself.
    if (gp->locked_m != NULL) {
        gp->locked_m = NULL;
        gp->locked = 0;
        mp->locked_g = NULL;
        mp->ends = mp != s->m0;
    }
    g_set_status(gp, G_RUNNING, G_DEAD);
    gfree_put(mp, gp);
    if (mp->ends)
        p_hand_off(mp);
    // [lab goexit]
}

void
proc_goexit(void)
{
    proc_leave(then_goexit);
}

// ---- Numbers ---------------------------------------------------------------

// Numbers come in batches, so that threads seldom meet at the counter.
uint64_t
goid_next(struct m *mp)
{
    struct p *p = mp->p;

    if (p->goid == p->goid_end) {
        p->goid_end = atomic_add(&p->sched->goid, GOID_BATCH) + 1;
        p->goid = p->goid_end - GOID_BATCH;
    }
    // Pairs with proc_count.
    atomic_store_release(&p->made, atomic_load_relaxed(&p->made) + 1);
    return p->goid++;
}

// Each p counts for itself. Exact while no goroutine begins or ends.
int
proc_count(void)
{
    struct sched *s = getg()->m->sched;
    uint64_t ended = 0, made = 0;

    // Those that ended first: each of them has been made, and is counted so.
    for (int i = 0; i < s->procs_most; i++)
        ended += atomic_load_acquire(&s->p[i].ended);
    for (int i = 0; i < s->procs_most; i++)
        made += atomic_load_acquire(&s->p[i].made);
    return (int)(made - ended);
}

// The process is about to end: no goroutine is continued from now on.
//
// A thread that has just looked at `stopping`, or has its goroutine's end
// before it, gets a moment. No more, and no lock, because we may have it.
// Mirrors freezetheworld.
void
proc_freeze(void)
{
    struct sched *s = run_active();
    const int64_t end = world.now() + MOMENT;
    uint32_t nobody = 0;

    if (s == NULL)
        return;
    atomic_store(&s->frozen, true);                 // pairs with world_start
    atomic_store(&s->stopping, true);
    for (int64_t left; (left = end - world.now()) > 0;)
        world.futex_wait(&nobody, 0, left);
}
