/** @file 02-stack_explore-example.c  The worked example of the book's page about
 * the explorer: a lock that lets two in, and one that does not.
 */
#include "atomic.h"
#include "explore.h"
#include "relax.h"

static ATOMIC(int) taken;
static int inside;              // threads that have the lock

// [broken]
static void
take_broken(void)
{
    while (atomic_load(&taken) != 0)
        cpu_relax();
    atomic_store(&taken, 1);
}
// [broken]

// [right]
static void
take_right(void)
{
    while (atomic_swap(&taken, 1) != 0)
        cpu_relax();
}
// [right]

// [body]
static void
enter(void (*take)(void))
{
    take();
    inside++;
    EXPLORE_YIELD();
    EXPLORE_EXPECT(inside == 1, "Two threads have the lock at the same time.",
                   "To see that it is free and to take it must be one step.");
    inside--;
    atomic_store(&taken, 0);
}

static void enters_broken(void *arg) { (void)arg; enter(take_broken); }
static void enters_right(void *arg) { (void)arg; enter(take_right); }

static void
broken(void)
{
    explore_thread(enters_broken, NULL);
    enter(take_broken);
    explore_join();
}

static void
right(void)
{
    explore_thread(enters_right, NULL);
    enter(take_right);
    explore_join();
    EXPLORE_REQUIRE(taken.atomic_value == 0);
}
// [body]

// [main]
int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "broken-lock", .body = broken, .bound = 3,
          .finds = "Two threads have the lock" },
        { .name = "right-lock", .body = right, .bound = 3, .tso = true },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
// [main]
