/** @file errgroup.c  Goroutines that do one thing together, and may fail.
 *
 * A wait group counts those that have not ended. The first error is kept, and
 * tells the others, by a flag and by a channel, that what they do is not wanted
 * any more. A weighted semaphore keeps those that are too many from beginning:
 * who starts them waits.
 *
 *     1  a task                          2  another task
 *        fails: error 0 -> 5                fails: error is 5, not 0
 *        cancelled: false -> true           its error is dropped
 *        closes done
 *        gives its permit back              the same
 *        wait group - 1                     wait group - 1
 *
 * Whoever makes cancelled true closes done: it is closed once.
 *
 * Mirrors golang.org/x/sync/errgroup.
 */
#include "runtime.h"

#include <stdio.h>

#include "ending.h"

typedef ATOMIC(int) first_t;
typedef ATOMIC(bool) flag_t;

// A goroutine of the group, while it runs.
struct task {
    struct go_ending_ ending;
    struct go_errgroup *eg;
    bool limited;               // it has a permit
};

static void
cancel(struct go_errgroup *eg)
{
    // [lab errgroup-cancel]
    if (!atomic_swap((flag_t *)&eg->cancelled, true) && eg->done != NULL)
        go_close(eg->done);
    // [lab errgroup-cancel]
}

// Its end, before the wait group is told.
static void
task_ends(struct go_ending_ *e)
{
    struct task *task = (struct task *)e;

    if (task->limited)
        go_weighted_release(&task->eg->limit, 1);
}

static void
task_run(struct go_errgroup *eg, int (*fn)(void *arg), void *arg, bool limited)
{
    struct g *gp = goroutine("go_errgroup_go");
    struct task task = { .eg = eg, .limited = limited };
    int error, none = 0;

    ending_begin(gp, &task.ending, task_ends);
    error = fn(arg);
    // [lab errgroup-error]
    if (error != 0) {
        race_release(&eg->error);
        if (atomic_cas((first_t *)&eg->error, &none, error))
            cancel(eg);
    }
    // [lab errgroup-error]
    ending_end(gp, &task.ending);
    task_ends(&task.ending);
}

void
go_errgroup_go(struct go_errgroup *eg, int (*fn)(void *arg), void *arg)
{
    goroutine("go_errgroup_go");

    bool limited = eg->limited;

    if (limited)
        go_weighted_acquire(&eg->limit, 1, NULL);
    go_waitgroup_go(&eg->wg, task_run, eg, fn, arg, limited);
}

bool
go_errgroup_try_go(struct go_errgroup *eg, int (*fn)(void *arg), void *arg)
{
    goroutine("go_errgroup_try_go");

    bool limited = eg->limited;

    if (limited && !go_weighted_try_acquire(&eg->limit, 1))
        return false;
    go_waitgroup_go(&eg->wg, task_run, eg, fn, arg, limited);
    return true;
}

int
go_errgroup_wait(struct go_errgroup *eg)
{
    goroutine("go_errgroup_wait");
    go_waitgroup_wait(&eg->wg);
    cancel(eg);
    return atomic_load_relaxed((first_t *)&eg->error);
}

bool
go_errgroup_cancelled(struct go_errgroup *eg)
{
    goroutine("go_errgroup_cancelled");

    bool cancelled = atomic_load((flag_t *)&eg->cancelled);

    if (cancelled)
        race_acquire(&eg->error);
    return cancelled;
}

void
go_errgroup_set_limit(struct go_errgroup *eg, int n)
{
    char text[128];

    goroutine("go_errgroup_set_limit");
    eg->limited = n >= 0;
    if (n < 0)
        return;
    if (eg->limit.taken != 0) {
        snprintf(text, sizeof(text), "errgroup: modify limit while %lld "
                 "goroutines in the group are still active",
                 (long long)eg->limit.taken);
        gopanic(text);
    }
    eg->limit.size = n;
}
