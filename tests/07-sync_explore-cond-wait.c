/** @file 07-sync_explore-cond-wait.c  Goroutines wait to be told, while others tell them.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 */
#include "played.h"

#include "lock.h"
static struct go_cond cond;
static struct go_mutex mu;
static int signals;             // how many were told

#define LOST "A number was told, and who has it sleeps."
#define EARLY "wait returns, and nobody has signalled."
static int ready, went_on;

static void
waits(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    while (ready == 0) {
        go_cond_wait(&cond, &mu);
        EXPLORE_EXPECT(signals > 0, EARLY,
                       "Who has not been told sleeps on the list until it is.");
    }
    ready--;
    went_on++;
    go_mutex_unlock(&mu);
}

static void
signals_one(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    ready++;
    signals++;
    go_mutex_unlock(&mu);
    go_cond_signal(&cond);
}

static void
signals_two(int me)
{
    signals_one(me);
    signals_one(me);
}

static void
broadcasts(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    ready = signals = 2;
    go_mutex_unlock(&mu);
    go_cond_broadcast(&cond);
}

static void
all_is_as_before(void)
{
    EXPLORE_REQUIRE(mu.state == 0 && cond.head == NULL && cond.tail == NULL);
}

static void
one(void)
{
    play(waits);
    play(signals_one);
    play_all();
    all_is_as_before();
}

static void
two(void)
{
    play(waits);
    play(waits);
    play(signals_two);
    play_all();
    all_is_as_before();
}

static void
all(void)
{
    play(waits);
    play(waits);
    play(broadcasts);
    play_all();
    all_is_as_before();
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_TWICE) {
        f->why = "It is on the list, and whoever gets the lock finds it there. So "
                 "it keeps the lock until it has left its stack: g_park gives it "
                 "back.";
    } else if (played_stuck(f) && cond.key != 0) {
        f->what = "The lock of the list is never given back.";
        f->why = "g_park gives it back for who sleeps. Who was told by now does "
                 "not sleep, and does it itself.";
    } else if (played_stuck(f)) {
        f->what = LOST;
        f->why = "Whoever signals tells a number, whether its owner is on the list "
                 "or still on the way to it. So who comes to the list looks, under "
                 "the lock, whether it was told; and the list holds all, each with "
                 "its number.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "cond-one-waits", .body = one, .explain = explain, .bound = 3 },
        { .name = "cond-two-wait", .body = two, .explain = explain, .bound = 2 },
        { .name = "cond-all-wait", .body = all, .explain = explain, .bound = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
