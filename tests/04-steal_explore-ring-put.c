/** @file 04-steal_explore-ring-put.c  The owner puts a goroutine into its ring:
 * alone, until it is full, and while a thief takes.
 */
#include "04-steal_ring.h"

static const char twice[] =
    "A thief goes by tail: all before it may be read. So the slot is written "
    "first, and then tail.";
static const char lost[] =
    "A thief reads all slots before tail. So a goroutine stands in its slot "
    "before tail says so, and until head has passed it.";

// First in, first out; full is full; and again, further on.
static void
in_order_from(uint32_t position)
{
    memset(&mine, 0, sizeof(mine));
    begin_at(&mine, position);
    for (int round = 0; round < 3; round++) {
        nothing_has_come();
        put(&mine, 0, RUNQ_SIZE);
        EXPLORE_EXPECT(runq_in_ring(&mine) == RUNQ_SIZE,
                       "Tail does not stand behind what was put.",
                       "It is a position, and grows by 1 for each. Only the slot "
                       "of a position is a remainder.");
        EXPLORE_EXPECT(!runq_put(&mine, &item[RUNQ_SIZE]),
                       "The ring is full, and one more is taken in.",
                       "It is written over the oldest, which never runs. Return "
                       "false: the caller makes room.");
        for (int i = 0; i < RUNQ_SIZE; i++)
            EXPLORE_EXPECT(runq_get(&mine) == &item[i],
                           "What is put does not come out in its order.",
                           "The slot of a position is its remainder: set_slot "
                           "knows.");
        // Not all rounds begin at the same slot.
        put(&mine, 0, 1);
        runq_get(&mine);
    }
}

static void
in_order(void)
{
    in_order_from(0);
}

// Positions go beyond the greatest number.
static void
around(void)
{
    in_order_from(UINT32_MAX - 1);
}

static void
while_stolen(void)
{
    twice_why = twice;
    lost_why = lost;
    explore_thread(steals, NULL);
    put(&mine, 0, 2);
    explore_join();
    count_all(&mine);
    all_have_come(2);
}

// A slot is used again.
static void
used_again(void)
{
    twice_why = twice;
    lost_why = lost;
    put(&mine, 0, RUNQ_SIZE);
    explore_thread(steals, NULL);
    count(runq_get(&mine));
    put(&mine, RUNQ_SIZE, 1);
    explore_join();
    count_all(&mine);
    all_have_come(RUNQ_SIZE + 1);
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_CRASH) {
        f->what = "A thief finds nothing in a slot before tail.";
        f->why = twice;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "put-order", .body = in_order, .bound = 0 },
        { .name = "put-around", .body = around, .bound = 0 },
        { .name = "put-stolen", .body = while_stolen, .explain = explain,
          .bound = 3 },
        { .name = "put-again", .body = used_again, .explain = explain,
          .bound = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
