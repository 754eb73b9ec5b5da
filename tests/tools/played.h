/** @file played.h  Goroutines without a scheduler, for the explorer.
 *
 * What goroutines do to one another can be tried without the scheduler below
 * them: each is a thread of the explorer, with a g, an m and a p of its own, and
 * parks as a thread does. So an execution has some 30 steps, and not 300, and
 * three preemptions can be tried in all places.
 *
 * A check that includes this has in its head
 *
 *     Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 *
 * so that the runtime's calls of these come here. It begins with play(), once
 * for each goroutine, and then play_all().
 */
#ifndef PLAYED_H
#define PLAYED_H

#include <stddef.h>

#include "explore.h"
#include "gstatus.h"
#include "lock.h"
#include "proc.h"
#include "schedt.h"

enum { PLAYED = 4 };

static struct played {
    struct g g;
    struct m m;
    struct p p;
    void (*fn)(int me);
    ATOMIC(uint32_t) ready;     // it has been woken
    int parks;                  // how often it has gone to sleep
} played[PLAYED];

static int n_played;

// Whether it may help to wait, awake: nobody else waits for its processor.
static bool played_may_spin;

// Without its p's: all that is asked of it lies before them.
static struct sched *played_sched;

static void
played_thread(void *arg)
{
    struct played *self = arg;

    setg(&self->g);
    self->fn((int)(self - played));
}

// One more goroutine, which will run fn(its number, from 0).
static inline void
play(void (*fn)(int me))
{
    struct played *self = &played[n_played++];

    if (played_sched == NULL)
        played_sched = world.alloc(offsetof(struct sched, p));
    self->fn = fn;
    self->g.id = (uint64_t)n_played;
    self->g.m = &self->m;
    self->g.top = &self->g;
    self->m.curg = &self->g;
    self->m.p = &self->p;
    self->m.random = 1;
    atomic_store_relaxed(&self->p.runq.tail, !played_may_spin);
    self->p.sched = played_sched;
    played_sched->procs = n_played;
    atomic_store(&self->g.status, G_RUNNING);
}

// They run. Returns when all have ended; the caller is the first of them.
static inline void
play_all(void)
{
    atomic_fence();             // they begin with what is there
    for (int i = 1; i < n_played; i++)
        explore_thread(played_thread, &played[i]);
    played_thread(&played[0]);
    explore_join();
}

// A failure: those that are left wait for ever.
static inline bool
played_stuck(const struct explore_failure *f)
{
    return f->kind == EXPLORE_DEADLOCK || f->kind == EXPLORE_LOST_WAKEUP ||
           f->kind == EXPLORE_NEVER_ENDS;
}

void __wrap_g_park(struct lock *lk, enum wait_reason why);
void __wrap_g_ready(struct g *gp);
void *__wrap_proc_leave(then_fn *then);

void
__wrap_g_park(struct lock *lk, enum wait_reason why)
{
    struct played *self = (struct played *)getg();

    (void)why;
    self->parks++;
    g_set_status(&self->g, G_RUNNING, G_WAITING);
    unlock(lk);
    while (atomic_load_relaxed(&self->ready) == 0)
        world.futex_wait(&self->ready.atomic_value, 0, -1);
    atomic_store_relaxed(&self->ready, 0);
    g_set_status(&self->g, G_RUNNABLE, G_RUNNING);
}

void
__wrap_g_ready(struct g *gp)
{
    struct played *other = (struct played *)gp;

    g_set_status(gp, G_WAITING, G_RUNNABLE);
    atomic_store(&other->ready, 1);
    world.futex_wake(&other->ready.atomic_value, 1);
}

// It lets others run: they may at any step.
void *
__wrap_proc_leave(then_fn *then)
{
    (void)then;
    return NULL;
}

#endif
