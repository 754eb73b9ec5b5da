/** @file 03-gmp_explore-deadlock-check.c  When nobody can go on, it is said; and
 * not before.
 */
#include "explore.h"
#include "runtime.h"

static int done;

static void
yields(void)
{
    go_gosched();
    done++;
}

static int
main_works(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argv;
    for (int i = 0; i < argc; i++)
        go_waitgroup_go(&wg, yields);
    go_waitgroup_wait(&wg);
    return done;
}

static void works(void) { EXPLORE_REQUIRE(go_run(main_works, 2, NULL) == 2); }

// ---- All wait --------------------------------------------------------------

static struct go_waitgroup never;

static void
sleeps(void)
{
    go_waitgroup_wait(&never);
}

static int
main_sleeps(int argc, char **argv)
{
    (void)argv;
    go_waitgroup_add(&never, 1);
    go_gomaxprocs(argc);
    go(sleeps);
    go_waitgroup_wait(&never);
    return 0;
}

static void asleep(void) { go_run(main_sleeps, 2, NULL); }
static void asleep_on_one(void) { go_run(main_sleeps, 1, NULL); }

// ---- Nobody is left --------------------------------------------------------

static int
main_leaves(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(yields);
    go_goexit();
    return 0;
}

static void nobody(void) { go_run(main_leaves, 0, NULL); }

static int
main_leaves_one(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_add(&never, 1);
    go(sleeps);
    go_goexit();
    return 0;
}

static void one_is_left(void) { go_run(main_leaves_one, 0, NULL); }

static void
said_early(struct explore_failure *f)
{
    if (f->kind != EXPLORE_ENDED)
        return;
    f->what = "Deadlock is said, and somebody can go on.";
    f->why = "As long as one p is not idle, its goroutine runs, or is about to "
             "be found. All s->procs must be idle.";
}

static void
not_said(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
        f->what = "All goroutines wait, and nobody says so.";
        f->why = "The p that has just become idle counts, too. Those that "
                 "GOMAXPROCS has taken away do not; and goroutines that wait "
                 "are no reason for hope.";
        break;
    case EXPLORE_ENDED:
        f->what = "It is said in the wrong words.";
        f->why = "If goroutines are left, all of them are asleep. If none is "
                 "left, main has called go_goexit.";
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const char asleep_text[] = "fatal error: all goroutines are asleep - deadlock!";
    static const char none_text[] =
        "fatal error: no goroutines (main called runtime.Goexit) - deadlock!";
    static const struct explore_check checks[] = {
        { .name = "works", .body = works, .explain = said_early, .procs = 2,
          .bound = 1, .samples = 200 },
        { .name = "asleep", .body = asleep, .explain = not_said, .procs = 2,
          .bound = 1, .expect = asleep_text },
        { .name = "asleep-fewer", .body = asleep_on_one, .explain = not_said,
          .procs = 2, .bound = 1, .expect = asleep_text },
        { .name = "nobody", .body = nobody, .explain = not_said, .procs = 2,
          .bound = 1, .expect = none_text },
        { .name = "one-is-left", .body = one_is_left, .explain = not_said,
          .procs = 2, .bound = 1, .expect = asleep_text },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
