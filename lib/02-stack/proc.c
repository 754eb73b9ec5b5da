/** @file proc.c  Until chapter 3: one thread runs all goroutines, in turn.
 *
 * The thread that called go_run stands in a loop on its own stack, g0, takes
 * the goroutine that waits longest, and runs it until it leaves its stack.
 *
 * Invariants, whenever g0 runs:
 *   - every G_RUNNABLE goroutine is on the queue, and no other one is;
 *   - head == NULL exactly when the queue is empty, and tail->next == NULL.
 *
 * Mirrors Go's runtime/proc.go of 2008, more or less.
 */
#include "gstatus.h"
#include "lock.h"
#include "proc.h"
#include "stack.h"

#include "godebug.h"

static struct {
    struct m *m;                // whose g0 is in the loop; NULL: no run
    struct g *head, *tail;
    int count;
    uint64_t last_id;
    bool ended;                 // goroutine 1 has returned
    bool main_exited;           // goroutine 1 has called go_goexit
    int value;
} sched;

// ---- The queue -------------------------------------------------------------

void
proc_put(struct m *mp, struct g *gp)
{
    (void)mp;
    trace_global(gp, 1);
    gp->next = NULL;
    if (sched.head == NULL)
        sched.head = gp;
    else
        sched.tail->next = gp;
    sched.tail = gp;
}

static struct g *
get(void)
{
    struct g *gp = sched.head;

    if (gp != NULL)
        sched.head = gp->next;
    return gp;
}

// ---- Leaving and coming back -----------------------------------------------

HOOKS_SWITCH void *
proc_leave(then_fn *then)
{
    struct g *from = getg();
    struct m *mp = from->m;

    mp->curg->top = from;
    // If the run ends before it goes on, others use the stack after it.
    race_release(mp->curg);
    race_release(from);
    return g_switch(from, &mp->g0, (void *)then);
}

// On g0. gp is G_RUNNING while it runs, and the m knows it as curg, but not
// while g0 does what gp asked for when it left. gp->top is who continues: gp
// itself, or a coroutine that it resumed. The switch returns what g0 is to do.
HOOKS_SWITCH void
proc_execute(struct m *mp, struct g *gp)
{
    // [lab execute]
    g_set_status(gp, G_RUNNABLE, G_RUNNING);
    gp->m = mp;
    mp->curg = gp;

    then_fn *then = (then_fn *)g_switch(&mp->g0, gp->top, NULL);

    mp->curg = NULL;
    then(mp, gp);
    // [lab execute]
}

static void
then_gosched(struct m *mp, struct g *gp)
{
    g_set_status(gp, G_RUNNING, G_RUNNABLE);
    proc_put(mp, gp);
}

void
go_gosched(void)
{
    goroutine("go_gosched");
    proc_leave(then_gosched);
}

static void
then_park(struct m *mp, struct g *gp)
{
    (void)mp;
    g_set_status(gp, G_RUNNING, G_WAITING);
    unlock(gp->parked_on);
}

// Put the running goroutine to sleep and release lk.
//
// The caller holds lk and has put the goroutine on a wait list that lk
// protects. Returns, without lk, after somebody calls g_ready.
//
// lk is released by g0, not here: until the switch has saved our stack
// pointer, nobody may take us off the list and run us.
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
// on when its turn comes.
void
g_ready(struct g *gp)
{
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    proc_put(gp->m, gp);
}

// ---- The end of a goroutine ------------------------------------------------

static void
then_goexit(struct m *mp, struct g *gp)
{
    sched.count--;
    if (gp->id == 1)
        sched.main_exited = true;
    g_set_status(gp, G_RUNNING, G_DEAD);
    gfree_put(mp, gp);
}

void
proc_goexit(void)
{
    proc_leave(then_goexit);
}

int
proc_count(void)
{
    return sched.count;
}

uint64_t
goid_next(struct m *mp)
{
    (void)mp;
    sched.count++;
    return ++sched.last_id;
}

// There is one thread, and it is the one that asks.
void
proc_freeze(void)
{
}

// ---- A run -----------------------------------------------------------------

static void
then_end_run(struct m *mp, struct g *gp)
{
    (void)mp;
    g_set_status(gp, G_RUNNING, G_DEAD);
    sched.ended = true;
}

void
proc_end_run(int value)
{
    sched.value = value;
    hooks_end(&getg()->hooks);
    proc_leave(then_end_run);
}

static _Noreturn void
deadlock(void)
{
    if (sched.count == 0)
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal("all goroutines are asleep - deadlock!");
}

// gp dies, wherever it is.
static void
bury(struct g *gp, void *arg)
{
    struct stack stack = gp->stack;

    (void)arg;
    if (gp->id == 0)
        return;
    hooks_free(&gp->hooks);
    stack_drop(&stack);
}

int
go_run(int (*main_fn)(int argc, char **argv), int argc, char **argv)
{
    struct m *mp = g_current()->m;

    if (main_fn == NULL)
        fatal("go_run: main_fn is NULL");
    if (sched.m != NULL)
        fatal(sched.m == mp ? "go_run called from a goroutine"
                            : "go_run called while another thread is in it");
    godebug_read();
    overflow_catch();
    overflow_watch(mp);
    __builtin_memset(&sched, 0, sizeof(sched));
    sched.m = mp;
    proc_put(mp, goroutine_main(mp, main_fn, argc, argv));
    while (!sched.ended) {
        struct g *gp = get();

        if (gp == NULL)
            deadlock();
        proc_execute(mp, gp);
    }
    sched.m = NULL;
    stack_each(bury, NULL);
    stack_trim();
    overflow_unwatch(mp);
    overflow_release();
    return sched.value;
}
