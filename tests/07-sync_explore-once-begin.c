/** @file 07-sync_explore-once-begin.c  Several ask for something to be done once.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 */
#include "played.h"

static struct go_once once, inner;
static int times;
static bool made;

static void
nothing(void)
{
}

static void
makes(void)
{
    times++;
    EXPLORE_EXPECT(times == 1, "It is done twice.",
                   "Between the first look and the lock somebody else may have "
                   "done it. Look again, under the lock.");
    EXPLORE_YIELD();
    made = true;
}

static void
asks(int me)
{
    (void)me;
    go_once_do(&once, makes);
    EXPLORE_EXPECT(made, "go_once_do returns, and it has not been done.",
                   "done is set at the end, by go_once_end_. Who comes meanwhile "
                   "waits for the mutex.");
    EXPLORE_EXPECT(getg()->ending == NULL, "Who does not do it is noted as doing it.",
                   "If it ends now, what another one has done would be ended by "
                   "it: note it when you know that you do it.");
}

static void
three_ask(void)
{
    for (int i = 0; i < 3; i++)
        play(asks);
    play_all();
}

// What go_goexit finds when it ends the goroutine.
static void
makes_another(void)
{
    struct go_ending_ *outer = getg()->ending;

    EXPLORE_EXPECT(outer != NULL, "A goroutine does it, and nobody knows that.",
                   "go_goexit ends what its goroutine was doing. It finds that by "
                   "gp->ending: ending_begin puts it there.");
    go_once_do(&inner, nothing);
    EXPLORE_REQUIRE(getg()->ending == outer);
}

static void
asks_for_two(int me)
{
    (void)me;
    go_once_do(&once, makes_another);
    EXPLORE_REQUIRE(getg()->ending == NULL);
}

static void
nested(void)
{
    play(asks_for_two);
    play_all();
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_ENDED) {
        f->what = "Who does it has not locked the mutex.";
        f->why = "go_once_end_ gives it back, when done is set. Until then "
                 "nobody else may do it, or go on.";
    } else if (played_stuck(f)) {
        f->what = "The mutex is never given back.";
        f->why = "Who finds it done under the lock has nothing more to do: it "
                 "gives the mutex back, and returns false.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "once-two-looks", .body = three_ask, .explain = explain, .bound = 2 },
        { .name = "once-nested", .body = nested, .explain = explain, .bound = 0 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
