/** @file 04-steal_explore-wake-one.c  Work has come, and one is woken for it, or
 * nobody: what is true afterwards, and what others see meanwhile.
 */
#include "04-steal_workers.h"

// How many spin, and are counted, and how many have a p that says so.
static void
expect_spinning(int n)
{
    int say = 0;

    for (int i = 0; i < s->procs; i++)
        say += atomic_load_relaxed(&s->p[i].spinning);
    EXPLORE_EXPECT(atomic_load_relaxed(&s->lock.key) == 0, "The lock of the scheduler is not given back.",
                   "Each way out gives it back, also if no p is idle.");
    EXPLORE_EXPECT(atomic_load_relaxed(&s->n_spinning) >= n,
                   "Who is woken to look is not counted among those who look.",
                   "As long as somebody is counted, nobody else is woken. So it "
                   "is counted before it is woken.");
    EXPLORE_EXPECT(atomic_load_relaxed(&s->n_spinning) <= n,
                   "More are counted who look than do.",
                   "Nobody is woken as long as one is counted: if it was nobody "
                   "after all, that is taken back.");
    EXPLORE_EXPECT(say == n, "Who is woken does not know that it is counted.",
                   "It spins: its p says so, and only then is it counted off "
                   "when it stops.");
}

// An m sleeps, and its p is idle: it is woken, once.
static void
one_sleeps(void)
{
    make_sched(3);
    rests(&worker[2]);
    rests(&worker[1]);
    wake_one(s);
    expect_spinning(1);
    EXPLORE_EXPECT(worker[1].next_p != NULL, "A p is idle, and nobody is woken.",
                   "m_start wakes an m for it, or makes one.");
    wake_one(s);
    expect_spinning(1);
    EXPLORE_EXPECT(atomic_load_relaxed(&s->n_idle) == 1,
                   "Somebody looks already, and one more is woken.",
                   "Whoever finds something wakes the next, if there is more.");
}

// All p's are busy.
static void
none_sleeps(void)
{
    make_sched(2);
    for (int i = 0; i < 2; i++) {
        wake_one(s);
        expect_spinning(0);
        EXPLORE_EXPECT(atomic_load_relaxed(&s->need_spinning),
                       "No p is idle, and whoever will be is not told to look.",
                       "One of those who are busy may be on its way to sleep, and "
                       "has looked already. need_spinning tells it.");
    }
}

static void
wakes(void *arg)
{
    (void)arg;
    wake_one(s);
}

// Two bring work at the same moment.
static void
two_wake(void)
{
    make_sched(4);
    for (int i = 1; i < 4; i++)
        rests(&worker[i]);
    explore_thread(wakes, NULL);
    wake_one(s);
    explore_join();
    EXPLORE_EXPECT(atomic_load_relaxed(&s->n_idle) == 2,
                   "Two are woken at the same moment, and one was enough.",
                   "To see that nobody spins, and to be counted, must be one "
                   "step.");
    expect_spinning(1);
}

static void
meets_sleeping(void)
{
    make_sched(2);
    explore_thread(goes_idle_first, &worker[1]);
    put_some(0, 2);
    explore_join();
}

static void
meets_spinning(void)
{
    make_sched(2);
    spin_begin(&s->p[1]);
    explore_thread(finds_one, &worker[1]);
    put_some(0, 2);
    explore_join();
}

static void
explain(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
        f->what = "Work waits, and who could run it sleeps.";
        f->why = "It was neither idle yet nor did it look any more. Only under "
                 "the lock do you know whether a p is idle; if none is, say that "
                 "one is needed.";
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "wake-sleeps", .body = one_sleeps, .bound = 0 },
        { .name = "wake-none", .body = none_sleeps, .bound = 0 },
        { .name = "wake-two", .body = two_wake, .explain = explain, .bound = 2 },
        { .name = "wake-spins", .body = meets_spinning, .explain = explain,
          .bound = 2 },
        { .name = "wake-idle", .body = meets_sleeping, .explain = explain,
          .bound = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
