/** @file 03-gmp_explore-go-idle.c  A thread that finds nothing to do, while
 * others bring something, or stop the world.
 */
#include "explore.h"
#include "relax.h"
#include "runtime.h"

static int done;

static void
nothing(void)
{
    done++;
}

static void
yields(void)
{
    go_gosched();
    done++;
}

static int
main_waits(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argv;
    for (int i = 0; i < argc; i++)
        go_waitgroup_go(&wg, i % 2 == 0 ? yields : nothing);
    go_waitgroup_wait(&wg);
    return done;
}

static void works(void) { EXPLORE_REQUIRE(go_run(main_waits, 2, NULL) == 2); }

// ---- Nobody is left --------------------------------------------------------

static struct go_waitgroup never;

static void
sleeps(void)
{
    go_waitgroup_wait(&never);
}

static int
main_sleeps(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_add(&never, 1);
    go(sleeps);
    go_waitgroup_wait(&never);
    return 0;
}

static void asleep(void) { go_run(main_sleeps, 0, NULL); }

// ---- The world is stopped --------------------------------------------------

static int
main_changes(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, yields);
    go_gomaxprocs(1);
    go_waitgroup_wait(&wg);
    return done;
}

static void stops(void) { EXPLORE_REQUIRE(go_run(main_changes, 0, NULL) == 1); }

// ---- One p computes, and waits for what the other one shall do --------------

static ATOMIC(bool) told;

static void
computes(void)
{
    while (!atomic_load(&told))
        cpu_relax();
    done++;
}

static int
main_tells(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, nothing);
    go_waitgroup_go(&wg, computes);
    // From here on the global queue has us.
    go_gosched();
    atomic_store(&told, true);
    go_waitgroup_wait(&wg);
    return done;
}

static void tells(void) { EXPLORE_REQUIRE(go_run(main_tells, 0, NULL) == 2); }

static void
works_not(struct explore_failure *f)
{
    if (f->kind != EXPLORE_ENDED)
        return;
    f->what = "Deadlock is said, and somebody can go on.";
    f->why = "A p is on the list of idle ones at most once. And an m that is "
             "idle has none: whoever wakes it brings one.";
}

static void
not_said(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
        f->what = "All goroutines wait, and nobody says so.";
        f->why = "This may have been the last p that was not idle. So "
                 "deadlock_check is asked, once the p is on the list.";
        break;
    default:
        break;
    }
}

static void
stops_never(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
        f->what = "Who stops the world waits for ever.";
        f->why = "It waits until each p that ran was given up by p_give_up. One "
                 "that goes idle instead, or is on no list, is not seen. So "
                 "`stopping` is looked at under the lock.";
        break;
    default:
        break;
    }
}

static void
tells_nobody(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
        f->what = "A goroutine waits in the global queue, and a p is idle.";
        f->why = "It was put there after this m had looked, and before its p was "
                 "idle: so nobody was started for it. Look once more, under the "
                 "lock.";
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "idle-works", .body = works, .explain = works_not, .procs = 2,
          .bound = 1, .samples = 200 },
        { .name = "idle-asleep", .body = asleep, .explain = not_said, .procs = 1,
          .bound = 1, .expect = "fatal error: all goroutines are asleep - deadlock!" },
        { .name = "idle-stops", .body = stops, .explain = stops_never, .procs = 2,
          .bound = 1, .samples = 2000 },
        { .name = "idle-tells", .body = tells, .explain = tells_nobody, .procs = 2,
          .bound = 1, .samples = 1000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
