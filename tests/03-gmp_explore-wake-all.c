/** @file 03-gmp_explore-wake-all.c  The last done wakes all that wait, and the
 * group is used again at once.
 */
#include "explore.h"
#include "runtime.h"

static struct go_waitgroup gate, all;
static int went_on;

static void
waits(void)
{
    go_waitgroup_wait(&gate);
    went_on++;
}

static int
main_opens(int argc, char **argv)
{
    (void)argv;
    for (int round = 1; round <= 2; round++) {
        go_waitgroup_add(&gate, 1);
        for (int i = 0; i < argc; i++)
            go_waitgroup_go(&all, waits);
        go_gosched();
        go_waitgroup_done(&gate);
        go_waitgroup_wait(&all);
        EXPLORE_EXPECT(went_on == round * argc, "wait returns, and not all have gone on.",
                       NULL);
        EXPLORE_EXPECT(gate.waiting == NULL, "Who was woken is still on the list.",
                       "The next last done would wake them once more: the list "
                       "is taken over whole, and nothing stays behind.");
        EXPLORE_EXPECT(gate.state == 0, "All were woken, and are still counted.",
                       "The state says how many wait: nobody, from now on.");
    }
    return went_on;
}

static void three(void) { EXPLORE_REQUIRE(go_run(main_opens, 3, NULL) == 6); }
static void two(void) { EXPLORE_REQUIRE(go_run(main_opens, 2, NULL) == 4); }
static void one(void) { EXPLORE_REQUIRE(go_run(main_opens, 1, NULL) == 2); }

static void
explain(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_TWICE:
        f->why = "Who is counted may still be on its way to the list, and to its "
                 "sleep. It has the lock until it is there.";
        break;
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
    case EXPLORE_ENDED:
        if (gate.key != 0 || all.key != 0) {
            f->what = "The lock of the group is never given back.";
            f->why = "Whoever is woken may want it at once.";
        } else {
            f->what = "Not all that waited for the group were woken.";
            f->why = "gp->next is the link of whatever list gp is on. After "
                     "g_ready that is a run queue. So who comes next is read "
                     "before, and all are woken, not the first one only.";
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
        { .name = "wake-three", .body = three, .explain = explain, .procs = 1,
          .bound = 1 },
        { .name = "wake-two-p2", .body = two, .explain = explain, .procs = 2,
          .bound = 1, .samples = 500 },
        { .name = "wake-one-p2", .body = one, .explain = explain, .procs = 2,
          .bound = 1, .samples = 1000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
