/** @file 04-steal_explore-ring-get.c  The owner takes the oldest of its ring:
 * alone, and while thieves do.
 */
#include "04-steal_ring.h"

static const char twice[] =
    "A thief has taken it meanwhile. What you read is yours only if take says "
    "so.";
static const char lost[] =
    "Take 1, and return that one. What head has passed nobody will look at.";

static void
in_order_from(uint32_t position)
{
    memset(&mine, 0, sizeof(mine));
    begin_at(&mine, position);
    for (int n = 0; n <= RUNQ_SIZE; n++) {
        put(&mine, 0, n);
        for (int i = 0; i < n; i++) {
            struct g *gp = runq_get(&mine);

            EXPLORE_EXPECT(gp != NULL, "A goroutine waits in the ring, and NULL is returned.",
                           "The ring is empty if head and tail are equal. Which "
                           "is greater says nothing: positions go around.");
            EXPLORE_EXPECT(gp == &item[i], "It is not the oldest that comes first.",
                           "The oldest stands at head. At tail comes the next "
                           "that is put.");
        }
        EXPLORE_EXPECT(runq_get(&mine) == NULL, "Something comes out of an empty ring.",
                       "If head and tail are equal, what the slot holds means "
                       "nothing.");
    }
}

static void
in_order(void)
{
    in_order_from(0);
}

static void
around(void)
{
    in_order_from(UINT32_MAX - 5);
}

static void
while_stolen(void)
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

// One thief takes at most two of these three; so one is left.
static void
something_is_left(void)
{
    twice_why = twice;
    lost_why = lost;
    put(&mine, 0, 3);
    explore_thread(takes_half, NULL);

    struct g *gp = runq_get(&mine);

    EXPLORE_EXPECT(gp != NULL, "A goroutine waits in the ring, and NULL is returned.",
                   "A thief was faster, and took some. Others are left: look "
                   "again.");
    count(gp);
    explore_join();
    count_all(&mine);
    all_have_come(3);
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_NEVER_ENDS) {
        f->what = "A thief was faster, and it tries for ever.";
        f->why = "Head has moved, and take will never succeed where head was. "
                 "Read it again, each time.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "get-order", .body = in_order, .explain = explain, .bound = 0 },
        { .name = "get-around", .body = around, .explain = explain, .bound = 0 },
        { .name = "get-left", .body = something_is_left, .explain = explain,
          .bound = 3 },
        { .name = "get-stolen", .body = while_stolen, .explain = explain,
          .bound = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
