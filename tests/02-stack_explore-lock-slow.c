/** @file 02-stack_explore-lock-slow.c  The lock, in every order of steps of two
 * and three threads.
 */
#include "explore.h"
#include "lock.h"

static struct lock the_lock;
static int inside, done;

static void
enters(void *arg)
{
    static const char two[] = "Two threads have the lock at the same time.";
    static const char why[] =
        "To see that the lock is free and to take it must be one step. Between "
        "two steps somebody else sees it free, too.";

    (void)arg;
    lock(&the_lock);
    inside++;
    EXPLORE_EXPECT(inside == 1, two, why);
    EXPLORE_YIELD();
    EXPLORE_EXPECT(inside == 1, two, why);
    inside--;
    done++;
    unlock(&the_lock);
}

static void
enter(int threads)
{
    for (int i = 1; i < threads; i++)
        explore_thread(enters, NULL);
    enters(NULL);
    explore_join();
    EXPLORE_REQUIRE(done == threads);
    EXPLORE_EXPECT(the_lock.key.atomic_value == 0,
                   "All have given the lock back, and its key is not 0.",
                   "Nobody may write the key but whoever takes the lock, or "
                   "gives it back.");
}

static void two_enter(void) { enter(2); }
static void three_enter(void) { enter(3); }

static void
explain(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_LOST_WAKEUP:
        f->what = "A thread sleeps, and nobody will wake it: the lock is free.";
        f->why = "unlock wakes somebody only if it finds a 2. Whoever sleeps "
                 "must have put a 2 there before; and whoever has slept takes "
                 "the lock with 2, for others may sleep still.";
        break;
    case EXPLORE_DEADLOCK:
        f->what = "Everybody sleeps, and nobody has the lock.";
        f->why = "Only whoever takes a 2 out of the key wakes somebody. A "
                 "thread that puts it there while the lock is free must "
                 "take the lock by that.";
        break;
    case EXPLORE_NEVER_ENDS:
        f->what = "A thread asks for the lock again and again, and does not sleep.";
        f->why = "futex_wait sleeps only while the key is what it is told. Is "
                 "that the number which was just put there?";
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "lock", .body = two_enter, .explain = explain, .bound = 3,
          .samples = 1000 },
        { .name = "lock-tso", .body = two_enter, .explain = explain, .bound = 3,
          .tso = true },
        { .name = "lock3", .body = three_enter, .explain = explain, .bound = 3,
          .samples = 1000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
