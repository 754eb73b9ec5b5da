/** @file 07-sync_explore-waitgroup-sleep.c  A group is waited for while others are done with it.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 */
#include "played.h"

static struct go_waitgroup wg;
static int all, finished;

static void
finishes(int me)
{
    (void)me;
    finished++;
    go_waitgroup_done(&wg);
}

static void
waits(int me)
{
    (void)me;
    go_waitgroup_wait(&wg);
    EXPLORE_EXPECT(finished == all, "wait returns, and the counter is not 0.",
                   "Only the last done lets it go on.");
}

static void
begin(int n)
{
    all = n;
    wg.state = (uint64_t)n << 32;
    play_all();
    EXPLORE_EXPECT(wg.state == 0 && wg.key == 0, "All have ended, and the group is not as before.",
                   "The last done gives as many permits as waiters are counted: "
                   "each is to be taken.");
}

static void
one_waits(void)
{
    play(waits);
    play(finishes);
    play(finishes);
    begin(2);
}

static void
two_wait(void)
{
    play(waits);
    play(waits);
    play(finishes);
    begin(1);
}

static void
explain(struct explore_failure *f)
{
    const uint32_t counter = wg.state >> 32;

    if (f->kind == EXPLORE_ENDED) {
        f->what = "Somebody is counted as waiting, and the counter is 0 already.";
        f->why = "state holds two numbers: whether to wait is said by the counter "
                 "only. The last done takes what it found for a misuse.";
    } else if (played_stuck(f) && counter > 0 && finished == all) {
        f->what = "All are done, and the counter is not 0.";
        f->why = "The counter is the high half of state, and waiters are the low "
                 "half: state + 1.";
    } else if (played_stuck(f)) {
        f->what = "The counter is 0, and somebody sleeps.";
        f->why = "The last done gives a permit to each that is counted, once. To "
                 "look at the counter and to be counted must be one step: a cas.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "group-one-waits", .body = one_waits, .explain = explain, .bound = 3 },
        { .name = "group-two-wait", .body = two_wait, .explain = explain, .bound = 3 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
