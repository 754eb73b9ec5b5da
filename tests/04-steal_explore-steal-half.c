/** @file 04-steal_explore-steal-half.c  Half of a ring becomes another one's: one
 * runs, the others wait in the thief's ring, where they can be stolen again.
 */
#include "04-steal_ring.h"

static const char twice[] =
    "The one that is returned runs now. It is in no ring: so one less goes "
    "into that of the thief.";
static const char lost[] =
    "All that were grabbed are either returned or in the thief's ring, before "
    "its tail.";

static void
halves_to(uint32_t position)
{
    twice_why = twice;
    lost_why = lost;
    memset(&theirs, 0, sizeof(theirs));
    begin_at(&theirs, position);
    for (int n = 1; n <= RUNQ_SIZE; n++) {
        nothing_has_come();
        put(&mine, 0, n);

        struct g *gp = runq_steal(&theirs, &mine);

        EXPLORE_EXPECT(gp == &item[0], "It is not the oldest that is returned.",
                       "It runs now, because it has waited longest.");
        EXPLORE_EXPECT((int)runq_in_ring(&theirs) == (n + 1) / 2 - 1,
                       "The thief's ring does not hold one less than was taken.",
                       "One of them runs at once. The others are there when tail "
                       "says so.");
        count(gp);
        for (int i = 1; i < (n + 1) / 2; i++)
            EXPLORE_EXPECT(runq_get(&theirs) == &item[i],
                           "The thief's ring has not the goroutines that were taken.",
                           "They stand from the old tail on, in their order.");
        while (runq_get(&mine) != NULL)
            ;
    }
    memset(&mine, 0, sizeof(mine));
    EXPLORE_EXPECT(runq_steal(&theirs, &mine) == NULL,
                   "From an empty ring something is stolen.", NULL);
    EXPLORE_EXPECT(theirs.head.atomic_value == theirs.tail.atomic_value,
                   "From an empty ring something is stolen.",
                   "grab says how many. If there are none, nothing changes.");
}

static void
halves(void)
{
    halves_to(0);
}

static void
halves_elsewhere(void)
{
    halves_to(UINT32_MAX - 1);
}

static void
robs_the_thief(void *arg)
{
    struct g *first, *last;

    (void)arg;
    if (runq_take_half(&theirs, &first, &last) > 0)
        for (struct g *gp = first; gp != NULL; gp = gp->next)
            count(gp);
}

static void
stolen_again(void)
{
    twice_why = lost_why =
        "What was stolen can be stolen again as soon as tail says that it is "
        "there. So it must be there by then.";
    put(&mine, 0, 4);
    explore_thread(robs_the_thief, NULL);
    count(runq_steal(&theirs, &mine));
    count_all(&theirs);
    explore_join();
    count_all(&mine);
    all_have_come(4);
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_CRASH) {
        f->what = "What is stolen from the thief is not there yet.";
        f->why = "Another thief goes by the tail of this ring: all before it may "
                 "be read. First the slots, then tail.";
    }
}

static void
explain_alone(struct explore_failure *f)
{
    if (f->kind == EXPLORE_CRASH) {
        f->what = "It goes on, though nothing was grabbed.";
        f->why = "grab says how many. If there are none, batch holds nothing.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "stolen", .body = halves, .explain = explain_alone, .bound = 0 },
        { .name = "stolen-around", .body = halves_elsewhere,
          .explain = explain_alone, .bound = 0 },
        { .name = "stolen-again", .body = stolen_again, .explain = explain,
          .bound = 3 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
