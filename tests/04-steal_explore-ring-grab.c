/** @file 04-steal_explore-ring-grab.c  A thief grabs half of a ring: alone, and
 * while its owner and other thieves take, and the owner puts.
 */
#include "04-steal_ring.h"

static const char twice[] =
    "Somebody has taken it meanwhile. A copy means something only if take "
    "succeeds after it.";
static const char lost[] =
    "Take as many as were copied, from where they were copied: the older half, "
    "from head on.";

static int
grab_some(void)
{
    struct g *first, *last;
    int n = 0;

    if (runq_take_half(&mine, &first, &last) > 0)
        for (struct g *gp = first; gp != NULL; gp = gp->next, n++)
            count(gp);
    return n;
}

static void
halves_from(uint32_t position)
{
    twice_why = twice;
    lost_why = lost;
    memset(&mine, 0, sizeof(mine));
    begin_at(&mine, position);
    for (int n = 0; n <= RUNQ_SIZE; n++) {
        nothing_has_come();
        put(&mine, 0, n);
        EXPLORE_EXPECT(grab_some() == (n + 1) / 2, "It is not half of the ring.",
                       "Half, so that both have as much to do; rounded up, so "
                       "that the only one can be taken, too.");
        for (int i = 0; i < n; i++)
            EXPLORE_EXPECT(taken[i] == (i < (n + 1) / 2), "It is not the older half.",
                           "Who has waited longest is to run first, wherever "
                           "that is. And only head is moved by thieves.");
        count_all(&mine);
        all_have_come(n);
    }
}

static void
halves(void)
{
    halves_from(0);
}

static void
around(void)
{
    halves_from(UINT32_MAX - 3);
}

static void
grabs(void *arg)
{
    (void)arg;
    grab_some();
}

static void
while_owner_takes(void)
{
    twice_why = twice;
    lost_why = lost;
    put(&mine, 0, 3);
    explore_thread(grabs, NULL);
    count(runq_get(&mine));
    explore_join();
    count_all(&mine);
    all_have_come(3);
}

static void
two_thieves(void)
{
    twice_why = twice;
    lost_why = lost;
    put(&mine, 0, 3);
    explore_thread(grabs, NULL);
    grab_some();
    explore_join();
    count_all(&mine);
    all_have_come(3);
}

// Two are left, whatever the owner takes: so there is something to grab.
static void
grabs_one(void *arg)
{
    (void)arg;
    EXPLORE_EXPECT(grab_some() > 0, "Goroutines wait in the ring, and none is grabbed.",
                   "Somebody else was faster, and took some. Others are left: "
                   "begin again.");
}

static void
something_is_left(void)
{
    twice_why = twice;
    lost_why = lost;
    put(&mine, 0, 3);
    explore_thread(grabs_one, NULL);
    count(runq_get(&mine));
    explore_join();
}

// The slots are written anew while the thief copies them.
static void
comes_around(void)
{
    twice_why = twice;
    lost_why = lost;
    put(&mine, 0, 3);
    explore_thread(grabs, NULL);
    for (int i = 3; i < 10; i++) {
        count(runq_get(&mine));
        put(&mine, i, 1);
    }
    explore_join();
    count_all(&mine);
    all_have_come(10);
}

static void
explain(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_NEVER_ENDS:
        f->what = "The thief begins again for ever.";
        f->why = "If nothing has changed, the second try must end as it should: "
                 "read head and tail anew, and take no more than half.";
        break;
    case EXPLORE_CRASH:
        f->what = "More is copied than batch has room for.";
        f->why = "Head and tail of different moments may be far apart. More than "
                 "HALF is never half of a ring.";
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "grab", .body = halves, .explain = explain, .bound = 0 },
        { .name = "grab-turn", .body = around, .explain = explain, .bound = 0 },
        { .name = "grab-left", .body = something_is_left, .explain = explain,
          .bound = 2 },
        { .name = "grab-owner", .body = while_owner_takes, .explain = explain,
          .bound = 2 },
        { .name = "grab-two", .body = two_thieves, .explain = explain, .bound = 2 },
        { .name = "grab-around", .body = comes_around, .explain = explain,
          .bound = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
