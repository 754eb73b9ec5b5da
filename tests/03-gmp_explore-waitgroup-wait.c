/** @file 03-gmp_explore-waitgroup-wait.c  Waiting for a group, while others are
 * done with it, on one p and on two.
 */
#include "explore.h"
#include "runtime.h"

static struct go_waitgroup gate;
static int went_on, dones;

static void
waits(int until)
{
    go_waitgroup_wait(&gate);
    EXPLORE_EXPECT(dones >= until, "wait returns, and the counter is not 0.",
                   "Only the last done lets it go on.");
    went_on++;
}

static void
is_done(void)
{
    dones++;
    go_waitgroup_done(&gate);
}

static int
main_waits_for_nobody(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_wait(&gate);
    go_waitgroup_add(&gate, 1);
    is_done();
    // Twice: the first one must have left it as it was.
    go_waitgroup_wait(&gate);
    go_waitgroup_wait(&gate);
    return 0;
}

static int
main_waits(int argc, char **argv)
{
    (void)argv;
    go_waitgroup_add(&gate, argc);
    for (int i = 0; i < argc; i++)
        go(is_done);
    waits(argc);
    // It can be used again.
    go_waitgroup_add(&gate, 1);
    go(is_done);
    waits(argc + 1);
    return went_on;
}

static int
main_opens(int argc, char **argv)
{
    (void)argv;
    go_waitgroup_add(&gate, 1);
    for (int i = 0; i < argc; i++)
        go(waits, 1);
    go_gosched();
    is_done();
    while (went_on < argc)
        go_gosched();
    return went_on;
}

static void nobody(void) { go_run(main_waits_for_nobody, 0, NULL); }
static void one(void) { EXPLORE_REQUIRE(go_run(main_waits, 1, NULL) == 2); }
static void two(void) { EXPLORE_REQUIRE(go_run(main_waits, 2, NULL) == 2); }
static void many(void) { EXPLORE_REQUIRE(go_run(main_opens, 2, NULL) == 2); }

static void
explain(struct explore_failure *f)
{
    const uint32_t counted = (uint32_t)gate.state, counter = gate.state >> 32;

    switch (f->kind) {
    case EXPLORE_TWICE:
        break;
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
    case EXPLORE_ENDED:
        if (gate.key != 0) {
            f->what = "The lock of the group is never given back.";
            f->why = "g_park gives it back for who sleeps. Who does not sleep "
                     "does it itself.";
        } else if (counter == 0 && gate.waiting != NULL) {
            f->what = "A wake-up is lost: the counter is 0, and somebody sleeps.";
            f->why = "The last done came between looking at the counter and "
                     "standing on the list, counted. Only a cas makes looking "
                     "and counting one step, and only the lock keeps the list.";
        } else if (counter == 0 && counted == 0) {
            f->what = "A goroutine waits for a group, and is not on its list.";
            f->why = "The last done takes the list, and wakes who is on it. "
                     "Counted and on the list, both under the lock.";
        }
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "wait-nobody", .body = nobody, .explain = explain, .procs = 1 },
        { .name = "wait-one", .body = one, .explain = explain, .procs = 1,
          .bound = 1 },
        { .name = "wait-many", .body = many, .explain = explain, .procs = 1,
          .bound = 1 },
        { .name = "wait-one-p2", .body = one, .explain = explain, .procs = 2,
          .bound = 1, .samples = 2000 },
        { .name = "wait-two-p2", .body = two, .explain = explain, .procs = 2,
          .bound = 1, .samples = 2000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
