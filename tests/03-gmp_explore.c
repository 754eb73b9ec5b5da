/** @file 03-gmp_explore.c  The protocols of parts 2 and 3, in every order. */
#include <string.h>

#include "explore.h"
#include "gstatus.h"
#include "proc.h"
#include "runq.h"
#include "schedt.h"

static int done;

// ---- The note of a thread --------------------------------------------------

static struct m sleeper;
static struct p brought;

static void
sleeps(void *arg)
{
    (void)arg;
    m_sleep(&sleeper, -1);
    EXPLORE_REQUIRE(sleeper.p == &brought);
    done++;
}

static void
woken_with_p(void)
{
    explore_thread(sleeps, NULL);
    m_wake(&sleeper, &brought);
    explore_join();
    EXPLORE_REQUIRE(done == 1);
}

// ---- A run queue -----------------------------------------------------------

static struct runq q;
static struct g item[4];
static int taken[4];

static void
count(struct g *gp)
{
    if (gp != NULL) {
        taken[gp - item]++;
        EXPLORE_REQUIRE(taken[gp - item] == 1);
    }
}

static void
takes_half(void *arg)
{
    struct g *first, *last;

    (void)arg;
    if (runq_take_half(&q, &first, &last) > 0)
        for (struct g *gp = first; gp != NULL; gp = gp->next)
            count(gp);
}

static void
owner_and_rescuer(void)
{
    runq_put(&q, &item[0]);
    runq_put(&q, &item[1]);
    explore_thread(takes_half, NULL);
    runq_put(&q, &item[2]);
    count(runq_get(&q));
    count(runq_get(&q));
    explore_join();
    for (struct g *gp; (gp = runq_get(&q)) != NULL; )
        count(gp);
    EXPLORE_REQUIRE(taken[0] + taken[1] + taken[2] == 3);
    EXPLORE_REQUIRE(runq_length(&q) == 0);
}

// ---- Whole programs --------------------------------------------------------

static void
nothing(void)
{
    done++;
}

static void
yields(void)
{
    for (int i = 0; i < 2; i++)
        go_gosched();
    done++;
}

static int
main_waits(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argv;
    for (int i = 0; i < argc; i++)
        go_waitgroup_go(&wg, nothing);
    go_waitgroup_wait(&wg);
    return done;
}

static void
runs_two(void)
{
    EXPLORE_REQUIRE(go_run(main_waits, 2, NULL) == 2);
}

static struct go_waitgroup gate;

static void
waits(void)
{
    go_waitgroup_wait(&gate);
    done++;
}

static int
main_opens(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_add(&gate, 1);
    go_waitgroup_go(&wg, waits);
    go_waitgroup_go(&wg, waits);
    go_gosched();
    go_waitgroup_done(&gate);
    go_waitgroup_wait(&wg);
    return done;
}

static void
many_wait(void)
{
    EXPLORE_REQUIRE(go_run(main_opens, 0, NULL) == 2);
}

static int
main_goes_again(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, nothing);
    go_waitgroup_wait(&wg);
    go_waitgroup_go(&wg, nothing);
    go_waitgroup_go(&wg, nothing);
    go_waitgroup_wait(&wg);
    return done;
}

static void
used_again(void)
{
    EXPLORE_REQUIRE(go_run(main_goes_again, 0, NULL) == 3);
    EXPLORE_REQUIRE(go_run(main_goes_again, 0, NULL) == 6);
}

static int
main_sleeps(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_add(&wg, 2);
    go(go_waitgroup_done, &wg);
    go_waitgroup_wait(&wg);
    return 0;
}

static void
deadlocks(void)
{
    go_run(main_sleeps, 0, NULL);
}

static int
main_changes(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argv;
    go_waitgroup_go(&wg, yields);
    go_gomaxprocs(argc);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(go_gomaxprocs(0) == argc);
    return done;
}

static void
world_stops(void)
{
    EXPLORE_REQUIRE(go_run(main_changes, 1, NULL) == 1);
}

// Two p's: what one puts on the global queue while the other goes idle.
static int
main_shares(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, yields);
    go_gosched();
    go_waitgroup_wait(&wg);
    return done;
}

static void
ends_idle(void)
{
    EXPLORE_REQUIRE(go_run(main_shares, 0, NULL) == 1);
}

// Both p's are busy when the last one is done and main begins to wait.
static void
yields_once(void)
{
    go_gosched();
    done++;
}

// The world stops while the other p has more than one in its queue.
static int
main_grows(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    for (int i = 0; i < 5; i++)
        go_waitgroup_go(&wg, yields);
    go_gosched();
    go_gomaxprocs(3);
    go_waitgroup_wait(&wg);
    return done;
}

static void
world_grows(void)
{
    EXPLORE_REQUIRE(go_run(main_grows, 0, NULL) == 5);
}

static int
main_meets(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, yields_once);
    go_waitgroup_go(&wg, nothing);
    go_gosched();
    go_gosched();
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(done == 2);
    return 0;
}

static void
done_meets_wait(void)
{
    EXPLORE_REQUIRE(go_run(main_meets, 0, NULL) == 0);
}

static int
main_leaves(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(yields);
    go(yields);
    go_gosched();
    return 7;
}

static void
ends_early(void)
{
    EXPLORE_REQUIRE(go_run(main_leaves, 0, NULL) == 7);
}

// A goroutine leaves the address of its own variable behind, and ends.
static ATOMIC(int *) left;

static void
leaves_its_own(void)
{
    int mine = 0;

    atomic_store(&left, &mine);
    go_gosched();
}

static int
main_uses_it(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, leaves_its_own);
    go_gosched();

    typedef ATOMIC(int) number_t;
    int *its = atomic_load(&left);

    if (its != NULL)
        atomic_store((number_t *)its, 1);
    go_waitgroup_wait(&wg);
    return 0;
}

static void
stack_outlived(void)
{
    go_run(main_uses_it, 0, NULL);
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "note", .body = woken_with_p, .bound = 3 },
        { .name = "note-tso", .body = woken_with_p, .bound = 3, .tso = true },
        { .name = "runq", .body = owner_and_rescuer, .bound = 3, .samples = 1000 },
        { .name = "runq-tso", .body = owner_and_rescuer, .bound = 3, .tso = true },
        { .name = "run", .body = runs_two, .bound = 3, .procs = 1 },
        { .name = "reuse", .body = used_again, .bound = 2, .procs = 1, .samples = 200 },
        { .name = "run2", .body = runs_two, .bound = 2, .procs = 2, .samples = 200 },
        { .name = "waiters", .body = many_wait, .bound = 2, .procs = 2, .samples = 200 },
        { .name = "meet", .body = done_meets_wait, .bound = 2, .procs = 2, .samples = 4000 },
        { .name = "idle", .body = ends_idle, .bound = 2, .procs = 2, .samples = 200 },
        { .name = "deadlock", .body = deadlocks, .bound = 3, .procs = 2,
          .expect = "fatal error: all goroutines are asleep - deadlock!" },
        { .name = "stop", .body = world_stops, .bound = 2, .procs = 2, .samples = 4000 },
        { .name = "grow", .body = world_grows, .bound = 1, .procs = 2, .samples = 4000 },
        { .name = "end", .body = ends_early, .bound = 2, .procs = 2, .samples = 200 },
        { .name = "stack-outlived", .body = stack_outlived, .bound = 2, .procs = 2,
          .finds = "has ended" },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
