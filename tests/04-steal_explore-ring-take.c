/** @file 04-steal_explore-ring-take.c  The one step by which goroutines of a ring
 * become ours: alone, and while others make it, too.
 */
#include "04-steal_ring.h"

static const char twice[] =
    "Two have looked at the same head. Only one of them may move it: the step "
    "must fail if head is not where it was seen.";
static const char lost[] =
    "Head moved further than what was taken. It moves by n, and only from where "
    "it was seen.";

// Nobody else is there.
static void
alone(void)
{
    for (int n = 1; n <= RUNQ_SIZE; n++) {
        nothing_has_come();
        put(&mine, 0, n);

        uint32_t head = mine.head.atomic_value;
        struct g *gp = runq_steal(&theirs, &mine);

        EXPLORE_EXPECT(gp != NULL, "Nobody was faster, and nothing is taken.",
                       "The step succeeds if head stands where it was seen.");
        EXPLORE_EXPECT(mine.head.atomic_value == head + ((uint32_t)n + 1) / 2,
                       "Head has not moved by as many as were taken.",
                       "A thief takes n at once. What head has passed is nobody "
                       "else's.");
        count(gp);
        count_all(&theirs);
        count_all(&mine);
        all_have_come(n);
    }
}

static void
owner_and_thief(void)
{
    twice_why = twice;
    lost_why = lost;
    put(&mine, 0, 3);
    explore_thread(steals, NULL);
    count(runq_get(&mine));
    put(&mine, 3, 1);
    count(runq_get(&mine));
    explore_join();
    count_all(&mine);
    all_have_come(4);
}

static void
two_thieves(void)
{
    twice_why = twice;
    lost_why = lost;
    put(&mine, 0, 3);
    explore_thread(takes_half, NULL);
    steals(NULL);
    explore_join();
    count_all(&mine);
    all_have_come(3);
}

static void
explain(struct explore_failure *f)
{
    if (f->kind != EXPLORE_NEVER_ENDS)
        return;
    f->what = "Nobody was faster, and nothing is taken, for ever.";
    f->why = "Whoever is told false looks again, and tries again. The step "
             "succeeds if head stands where it was seen.";
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "take", .body = alone, .explain = explain, .bound = 0 },
        { .name = "take-owner", .body = owner_and_thief, .explain = explain,
          .bound = 2 },
        { .name = "take-thieves", .body = two_thieves, .explain = explain,
          .bound = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
