/** @file 03-gmp_explore-goexit.c  What a goroutine leaves behind. */
#include "explore.h"
#include "gstatus.h"
#include "schedt.h"

static struct g *seen[4];
static int n_seen, done;

static void
is_seen(void)
{
    seen[n_seen++] = getg();
    done++;
}

// One after the other, on one p: each finds the g of the one before.
static int
main_again(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (int i = 0; i < 3; i++) {
        go(is_seen);
        go_gosched();
        EXPLORE_EXPECT(g_status(seen[i]) == G_DEAD, "A goroutine has ended, and is not dead.",
                       "Its g may be used again only if the status says so.");
        EXPLORE_EXPECT(go_num_goroutine() == 1, "A goroutine that has ended is still counted.",
                       "Each p counts those that ended on it; by that it is "
                       "known whether any is left.");
        EXPLORE_EXPECT(i == 0 || seen[i] == seen[0],
                       "The next go does not find the g of one that has ended.",
                       "It goes to the free list, with its stack. A new one "
                       "would cost a page of memory, and twenty times as long.");
    }
    return done;
}

static void again(void) { EXPLORE_REQUIRE(go_run(main_again, 0, NULL) == 3); }

// Two at a time, on two p's.
static void
yields(void)
{
    go_gosched();
    done++;
}

static int
main_two(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    for (int i = 0; i < 2; i++) {
        go_waitgroup_go(&wg, yields);
        go_waitgroup_go(&wg, yields);
        go_waitgroup_wait(&wg);
    }
    return done;
}

static void two(void) { EXPLORE_REQUIRE(go_run(main_two, 0, NULL) == 4); }

// Goroutine 1 ends, and then the last one: Go's words for it.
static int
main_leaves(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(yields);
    go_goexit();
    return 0;
}

static void leaves(void) { go_run(main_leaves, 0, NULL); }

// One ends that has a thread for itself.
static void
locks(void)
{
    go_lock_os_thread();
    done++;
}

static int
main_locks(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, locks);
    go_waitgroup_wait(&wg);
    go_waitgroup_go(&wg, yields);
    go_waitgroup_wait(&wg);
    return done;
}

static void locked(void) { EXPLORE_REQUIRE(go_run(main_locks, 0, NULL) == 2); }

static void
explain(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_TWICE:
        f->why = "A g that has ended is G_DEAD, and once on the free list: on no "
                 "run queue, and not twice.";
        break;
    case EXPLORE_ENDED:
        f->what = "A goroutine that has ended goes on.";
        f->why = "A g that has ended is on the free list, and on no run queue.";
        break;
    default:
        break;
    }
}

static void
explain_count(struct explore_failure *f)
{
    if (f->kind != EXPLORE_ENDED) {
        explain(f);
        return;
    }
    f->what = "All have ended, and it is said that they are asleep.";
    f->why = "proc_count says how many are left: made, less ended. Each end is "
             "counted, whoever it is.";
}

static void
explain_locked(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
        f->what = "A thread ends, and takes its p along.";
        f->why = "There are as many p's as GOMAXPROCS says, and each is needed: "
                 "a thread that is about to end hands its p off.";
        break;
    case EXPLORE_ENDED:
    case EXPLORE_CRASH:
        f->what = "A goroutine has ended, and its thread is still its own.";
        f->why = "Others may run on the thread only if nobody is locked to it: "
                 "take_along unties both.";
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "exit-again", .body = again, .explain = explain, .procs = 1,
          .bound = 0 },
        { .name = "exit-leaves", .body = leaves, .explain = explain_count, .procs = 1,
          .bound = 1,
          .expect = "fatal error: no goroutines (main called runtime.Goexit) - deadlock!" },
        { .name = "exit-locked", .body = locked, .explain = explain_locked,
          .procs = 1, .bound = 1 },
        { .name = "exit-two", .body = two, .explain = explain, .procs = 2,
          .bound = 1, .samples = 200 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
