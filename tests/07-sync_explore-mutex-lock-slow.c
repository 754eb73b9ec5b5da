/** @file 07-sync_explore-mutex-lock-slow.c  Goroutines want a mutex, one of them for a long time.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 */
#include "played.h"

#include "mutex.h"
#include "semaroot.h"
static struct go_mutex mu;
static int inside;

// (No step: it is asked after a failure, too.)
static uint32_t
sleepers(void)
{
    return sema_root(sema_of(&mu))->waiters.atomic_value;
}

static void
uses(void)
{
    EXPLORE_EXPECT(inside++ == 0, "Two have the mutex.",
                   "Between a look at the state and a change of it others may have "
                   "changed it. Only a cas does both in one step.");
    EXPLORE_YIELD();
    inside--;
}

static void
locks(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    uses();
    go_mutex_unlock(&mu);
}

static void
locks_twice(int me)
{
    locks(me);
    locks(me);
}

#define AWAKE "WOKEN is set, and nobody is awake."
#define AWAKE_WHY \
    "As long as it is set, unlock wakes nobody. So who was woken takes it back " \
    "in its next step, whether it gets the mutex or sleeps again."

static void
all_is_as_before(void)
{
    EXPLORE_EXPECT((mu.state & WOKEN) == 0, AWAKE, AWAKE_WHY);
    EXPLORE_EXPECT(mu.state == 0, "All have ended, and the mutex is not free.", NULL);
    EXPLORE_EXPECT(mu.sema == 0, "Somebody was handed the mutex, and another one took it.",
                   "As long as STARVING is set nobody takes it, also if it is free "
                   "for a moment: it is on its way to who starves.");
    EXPLORE_REQUIRE(sleepers() == 0);
}

static void
two(void)
{
    play(locks_twice);
    play(locks_twice);
    play_all();
    all_is_as_before();
}

static void
three(void)
{
    for (int i = 0; i < 3; i++)
        play(locks);
    play_all();
    all_is_as_before();
}

static void
two_spin(void)
{
    played_may_spin = true;
    two();
}

// Time stands still here, and whoever was woken and comes too late starves. If
// he sleeps already, nobody may have the mutex before him.
static int times_had;

static void
locks_often(int me)
{
    (void)me;
    for (int i = 0; i < 4; i++) {
        const bool starves = (mu.state & STARVING) != 0 && sleepers() > 0;

        go_mutex_lock(&mu);
        EXPLORE_EXPECT(!starves || times_had > 0, "Who comes has the mutex before who starves.",
                       "As long as STARVING is set nobody takes it, also if it is "
                       "free for a moment: it is handed over.");
        uses();
        go_mutex_unlock(&mu);
    }
}

static void
starves(int me)
{
    go_mutex_lock(&mu);
    EXPLORE_EXPECT(played[me].parks <= 2, "Who sleeps comes too late, each time.",
                   "Who has waited for too long, and finds the mutex locked, says "
                   "so by STARVING, with the step by which he waits again.");
    times_had++;
    uses();
    go_mutex_unlock(&mu);
}

static void
one_starves(void)
{
    play(locks_often);
    play(starves);
    play_all();
    all_is_as_before();
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_ENDED && (mu.state & (WOKEN | STARVING)) == (WOKEN | STARVING)) {
        f->what = AWAKE;
        f->why = AWAKE_WHY;
    } else if (f->kind == EXPLORE_ENDED && (mu.state & STARVING) != 0) {
        f->what = "Who was handed the mutex has not taken it over.";
        f->why = "unlock has left it to him: nobody else takes it while STARVING "
                 "is set. But LOCKED is his to set, and he still counts as "
                 "waiting.";
    } else if (f->kind == EXPLORE_ENDED) {
        f->what = "Who was woken goes on without the mutex.";
        f->why = "To be woken means: look again. It may be free, or somebody who "
                 "came meanwhile may have it.";
    } else if (played_stuck(f) && (mu.state & (WOKEN | LOCKED)) == WOKEN) {
        f->what = AWAKE;
        f->why = AWAKE_WHY;
    } else if (played_stuck(f) && waiters(mu.state) < sleepers()) {
        f->what = "Somebody sleeps, and the state does not count him.";
        f->why = "unlock wakes only if somebody is counted: that one waits, and "
                 "that the mutex is free, stand in one word.";
    } else if (played_stuck(f) && inside == 0 && (mu.state & LOCKED) != 0) {
        f->what = "The mutex is locked, and nobody has it.";
        f->why = "Between a look at the state and a change of it others may have "
                 "changed it. Only a cas does both in one step.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "lock-starves", .body = one_starves, .explain = explain, .bound = 3 },
        { .name = "lock-two", .body = two, .explain = explain, .bound = 3 },
        { .name = "lock-three", .body = three, .explain = explain, .bound = 3 },
        { .name = "lock-spin", .body = two_spin, .explain = explain, .bound = 3 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
