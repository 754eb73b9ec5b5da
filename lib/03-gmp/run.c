/** @file run.c  A run: go_run, from its first goroutine to its end.
 *
 * The thread that calls is m0. Goroutine 1 begins on it. Once it has left its
 * stack for the first time, m0 does nothing but wait for the end, and other
 * threads run goroutine 1 like any other: if m0 ran goroutines, one of them
 * that computes for ever could keep go_run from returning. Only if goroutine 1
 * has locked itself to its thread it goes on here.
 *
 * At the end every p must be given up, because nothing of the run may be
 * touched when its memory is used again. An m that does not come to a
 * scheduling point in time is abandoned: it keeps its p, and all that the run
 * has stays as it is, for ever.
 *
 * Mirrors rt0_go, schedinit and main in Go's runtime.
 */
#include <pthread.h>

#include "schedt.h"

#include "godebug.h"
#include "gstatus.h"
#include "preempt.h"
#include "proc.h"
#include "quit.h"
#include "stack.h"

enum { PATIENCE = 100000000 };  // ns that an m has to come to an end

static ATOMIC(struct sched *) active;

uint64_t run_number = NO_RUN;

// The run that there is, or NULL.
struct sched *
run_active(void)
{
    return atomic_load(&active);
}

// ---- The end ---------------------------------------------------------------

static void
then_end_run(struct m *mp, struct g *gp)
{
    struct sched *s = mp->p->sched;

    g_set_status(gp, G_RUNNING, G_DEAD);
    lock(&s->lock);
    s->ended = true;
    s->value = (int)gp->args[0];
    atomic_store_relaxed(&s->stopping, true);
    // Before m0 can know: it may be elsewhere soon.
    if (mp != s->m0)
        m_wake(s->m0, NULL);
    unlock(&s->lock);
}

// Goroutine 1 has returned value: the run ends.
void
proc_end_run(int value)
{
    struct g *gp = goroutine("go_run");

    gp->args[0] = (uintptr_t)value;
    race_release(gp->m->sched);
    hooks_end(&gp->hooks);
    proc_to_g0(then_end_run);
}

static bool
has_ended(struct sched *s)
{
    lock(&s->lock);

    bool ended = s->ended;

    unlock(&s->lock);
    return ended;
}

// Take the idle p's. Returns how many others still run.
static int
running(struct sched *s)
{
    int n = 0;

    lock(&s->lock);
    while (s->idle != NULL)
        sched_get_idle(s)->status = P_STOPPED;
    for (int i = 0; i < s->procs_most; i++)
        n += s->p[i].status == P_RUNNING;
    unlock(&s->lock);
    return n;
}

// Wait until all p's have been given up, or long enough. Returns whether all
// have.
static bool
stop_all(struct sched *s)
{
    const int64_t end = world.now() + PATIENCE;
    int n;

    while ((n = running(s)) > 0) {
        int64_t left = end - world.now();

        if (left <= 0)
            break;
        lock(&s->lock);
        preempt_all(s);
        unlock(&s->lock);
        sysmon_watch(s);                        // which asks again
        m_sleep(s->m0, left);
    }
    if (n == 0)
        return true;
    lock(&s->lock);
    procs_abandoned = true;
    alone_judge(s);
    for (int i = 0; i < s->procs_most; i++)
        s->p[i].abandoned = s->p[i].status == P_RUNNING;
    unlock(&s->lock);
    return running(s) == 0;
}

// gp dies where it is, if it belongs to the run.
static void
bury(struct g *gp, void *run)
{
    struct stack stack = gp->stack;
    struct m *locked = gp->locked_m;

    if (gp->id == 0 || atomic_load_relaxed(&gp->run) != run)
        return;
    hooks_free(&gp->hooks);
    stack_drop(&stack);
    // Its thread is free for others.
    if (locked != NULL && locked != ((struct sched *)run)->m0) {
        locked->locked_g = NULL;
        m_wake(locked, NULL);
    }
}

// ---- The beginning ---------------------------------------------------------

// In a child after fork this thread is the only one. If there was a run,
// nothing of it can go on. If there was none, the child may begin one.
static void
forked(void)
{
    m_forked();
    sysmon_forked();
    if (atomic_load(&active) != NULL)
        goroutine_forked();
}

static void
at_fork(void)
{
    pthread_atfork(NULL, NULL, forked);
}

static struct sched *
begin(struct m *mp)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct sched *nobody = NULL;
    struct sched *s = world.map(sizeof(*s));

    if (s == NULL)
        fatal("go_run: no memory for the scheduler");
    s->m0 = mp;
    gobuf_modes(&mp->g0.sched);                 // goroutines round as we do
    // The last run may have woken us once more than we slept.
    atomic_store_relaxed(&mp->note, 0);
    if (!atomic_cas(&active, &nobody, s))
        fatal("go_run called while another thread is in it");
    pthread_once(&once, at_fork);
    run_number++;
    godebug_read();
    procs_resize(s, maxprocs());
    for (int i = s->procs - 1; i > 0; i--)
        sched_put_idle(s, &s->p[i]);
    s->p[0].status = P_RUNNING;
    mp->p = &s->p[0];
    mp->sched = s;
    m_count(1);
    m_list(mp);
    overflow_catch();
    overflow_watch(mp);
    m_number(mp);
    quit_catch();
    run_begins(s);
    preempt_catch();
    return s;
}

static int
end(struct m *mp, struct sched *s)
{
    int value = s->value;
    bool all = stop_all(s);

    sysmon_forget(s);
    preempt_release();
    quit_release();
    overflow_release();
    overflow_unwatch(mp);
    m_unlist(mp);
    m_count(-1);
    mp->sched = NULL;
    mp->locked_g = NULL;
    race_acquire(s);
    if (all) {
        stack_each(bury, s);
        stack_trim();
        run_ends(s);
    }
    // Nobody may find it there any more (proc_freeze).
    atomic_store(&active, NULL);
    if (all)
        world.unmap(s, sizeof(*s));
    return value;
}

int
go_run(int (*main_fn)(int argc, char **argv), int argc, char **argv)
{
    struct g *g0 = g_current();
    struct m *mp = g0->m;

    goroutine_check_fork("go_run");
    if (main_fn == NULL)
        fatal("go_run: main_fn is NULL");
    if (mp->curg != NULL)
        fatal("go_run called from a goroutine");
    if (g0 != &mp->g0)
        fatal("go_run called in a coroutine");

    struct sched *s = begin(mp);
    struct g *gp = goroutine_main(mp, main_fn, argc, argv);

    do {
        proc_execute(mp, gp);
    } while (mp->locked_g != NULL && !has_ended(s) &&
             (gp = proc_next(mp)) != NULL);
    if (mp->p != NULL)
        p_hand_off(mp);
    while (!has_ended(s))
        m_sleep(mp, -1);
    return end(mp, s);
}
