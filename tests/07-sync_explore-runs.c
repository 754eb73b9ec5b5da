/** @file 07-sync_explore-runs.c  Semaphores, mutexes, RWMutexes, wait groups,
 * Once and Cond, with the scheduler below.
 *
 * 07-sync_explore.c tries the protocols themselves. Here the runs are whole:
 * goroutines park, are readied, handed over to, and stolen. On one p two
 * preemptions are tried, on two p's one, because each run has some 200 steps;
 * random schedules go beyond that.
 */
#include "explore.h"
#include "goroutine.h"
#include "steps.h"

static struct go_mutex mu;
static struct go_rwmutex rw;
static struct go_cond cond;
static struct go_once once;
static struct go_sema sema;
static struct go_waitgroup wg;
static int inside, readers, times, ready;

// What a word of the program's is to this thread: with .tso, what it has stored
// there itself, though others do not see it yet.
static uint32_t
seen(void *word)
{
    return atomic_load_relaxed((word_t *)word);
}

static void
run(int (*main_fn)(int, char **))
{
    EXPLORE_REQUIRE(go_run(main_fn, 0, NULL) == 0);
}

// ---- Mutual exclusion ------------------------------------------------------

static void
locks(void)
{
    for (int i = 0; i < 2; i++) {
        go_mutex_lock(&mu);
        EXPLORE_REQUIRE(inside++ == 0);
        go_gosched();
        inside--;
        go_mutex_unlock(&mu);
    }
}

static int
main_mutex(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, locks);
    locks();
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(seen(&mu.state) == 0 && seen(&mu.sema) == 0);
    return 0;
}

static void
mutex(void)
{
    run(main_mutex);
}

static void
reads(void)
{
    go_rwmutex_rlock(&rw);
    readers++;
    EXPLORE_REQUIRE(inside == 0);
    go_gosched();
    EXPLORE_REQUIRE(inside == 0);
    readers--;
    go_rwmutex_runlock(&rw);
}

static int
main_rwmutex(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, reads);
    go_waitgroup_go(&wg, reads);
    go_rwmutex_lock(&rw);
    EXPLORE_REQUIRE(readers == 0);
    inside++;
    go_gosched();
    EXPLORE_REQUIRE(readers == 0);
    inside--;
    go_rwmutex_unlock(&rw);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(seen(&rw.readers) == 0 && seen(&rw.leaving) == 0);
    return 0;
}

static void
rwmutex(void)
{
    run(main_rwmutex);
}

// ---- Being told ------------------------------------------------------------

static void
acquires(void)
{
    go_sema_acquire(&sema);
    times++;
}

static int
main_sema(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, acquires);
    go_waitgroup_go(&wg, acquires);
    go_sema_release(&sema);
    go_sema_release(&sema);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(times == 2 && seen(&sema.permits) == 0);
    return 0;
}

static void
semaphore(void)
{
    run(main_sema);
}

static void
does(void)
{
    go_gosched();
    times++;
}

static void
asks(void)
{
    go_once_do(&once, does);
    EXPLORE_REQUIRE(times == 1);
}

static int
main_once(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, asks);
    asks();
    go_waitgroup_wait(&wg);
    return 0;
}

static void
once_only(void)
{
    run(main_once);
}

// It ends its goroutine in the middle: it has been done.
static void
exits(void)
{
    times++;
    go_goexit();
}

static void
asks_and_exits(void)
{
    go_once_do(&once, exits);
}

static int
main_once_exit(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, asks_and_exits);
    go_waitgroup_go(&wg, asks_and_exits);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(times == 1 && once.done);
    return 0;
}

static void
once_exit(void)
{
    run(main_once_exit);
}

static void
waits(void)
{
    go_mutex_lock(&mu);
    while (ready == 0)
        go_cond_wait(&cond, &mu);
    ready--;
    go_mutex_unlock(&mu);
}

static int
main_cond(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, waits);
    go_waitgroup_go(&wg, waits);
    go_mutex_lock(&mu);
    ready = 2;
    go_mutex_unlock(&mu);
    go_cond_broadcast(&cond);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(ready == 0 && cond.head == NULL && cond.tail == NULL);
    return 0;
}

static void
broadcast(void)
{
    run(main_cond);
}

static int
main_signal(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, waits);
    go_mutex_lock(&mu);
    ready = 1;
    go_cond_signal(&cond);
    go_mutex_unlock(&mu);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(ready == 0);
    return 0;
}

static void
signals(void)
{
    run(main_signal);
}

// Who waits in one run is no concern of the next.
static int
main_leaves_waiters(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    sema.permits = 0;
    go(acquires);
    go_gosched();
    go_sema_release(&sema);
    return 0;
}

static void
two_runs(void)
{
    run(main_leaves_waiters);
    run(main_leaves_waiters);
}

int
main(int argc, char **argv)
{
#define CHECK(n, fn) \
    { .name = n, .body = fn, .bound = 2, .procs = 1 }, \
    { .name = n "2", .body = fn, .bound = 1, .procs = 2, .samples = 1000 }, \
    { .name = n "2-tso", .body = fn, .bound = 1, .procs = 2, .tso = true }
    static const struct explore_check checks[] = {
        CHECK("run-mutex", mutex),
        CHECK("run-rwmutex", rwmutex),
        CHECK("run-sema", semaphore),
        CHECK("run-once", once_only),
        CHECK("run-once-exit", once_exit),
        CHECK("run-cond", broadcast),
        CHECK("run-signal", signals),
        { .name = "run-two", .body = two_runs, .bound = 2, .procs = 1 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
