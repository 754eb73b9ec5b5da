/** @file 04-steal_explore-submit.c  A goroutine has become ready: where it waits,
 * and who is told, while others are about to sleep.
 */
#include "04-steal_workers.h"

static int
waiting(void)
{
    return (int)runq_length(&s->p[0].runq) + (int)atomic_load_relaxed(&s->n_global);
}

// Nobody else is there.
static void
alone(void)
{
    make_sched(1);
    put_some(0, 1);
    EXPLORE_EXPECT(runq_steal_next(&s->p[0].runq) == &item[0],
                   "The goroutine that was readied last does not run next.",
                   "What both have to do with is in this processor's cache.");
    for (int n = 2; n <= 7; n++) {
        make_sched(1);
        put_some(0, n);
        EXPLORE_EXPECT(waiting() == n, "Of the goroutines that were readied one is missing, or too many.",
                       "Who should have run next waits in the ring. If nobody "
                       "should have, nobody is put there.");
        for (struct g *gp; (gp = runq_get(&s->p[0].runq)) != NULL; ) {
            taken[gp - item]++;
            EXPLORE_EXPECT(taken[gp - item] == 1, "A goroutine that was readied waits at two places.",
                           "The new one runs next. Who goes to the ring is the "
                           "one that it pushes out.");
        }
        for (int i = 0; i < n; i++)
            taken[i] = 0;
    }
}

// Somebody must see to it that those who wait do not wait for ever.
static void
is_watched(void)
{
    make_sched(2);
    atomic_store_relaxed(&s->watched, false);
    put_some(0, 1);
    EXPLORE_EXPECT(atomic_load_relaxed(&s->watched), "A goroutine waits, and sysmon does not know.",
                   "It runs next. But this thread may compute for ever, and "
                   "nobody else is told: so sysmon must watch.");
}

// The third m sleeps: is it woken?
static void
nobody_for_one(void)
{
    make_sched(2);
    rests(&worker[1]);
    put_some(0, 1);
    EXPLORE_EXPECT(worker[1].next_p == NULL, "Somebody is woken for the one that runs next.",
                   "Whoever readies a goroutine mostly parks soon, and then runs "
                   "it itself. Only who is pushed out is work for others.");
    put_some(1, 1);
    EXPLORE_EXPECT(worker[1].next_p != NULL, "Work waits in the ring, a p is idle, and nobody is woken.",
                   "Who is pushed out by the new one is work for others.");
}

// The other one spins, and finds nothing.
static void
meets_spinning(void)
{
    make_sched(2);
    spin_begin(&s->p[1]);
    explore_thread(finds_one, &worker[1]);
    put_some(0, 2);
    explore_join();
}

// The other one does not spin, and is on its way to sleep.
static void
meets_sleeping(void)
{
    make_sched(2);
    explore_thread(goes_idle_first, &worker[1]);
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
        f->what = "Work waits in the ring of a p, and who could run it sleeps.";
        f->why = "It looked before the work could be seen, and nobody saw it "
                 "look. First the work, then the fence, then wake_one.";
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "submit-alone", .body = alone, .bound = 0 },
        { .name = "submit-watched", .body = is_watched, .bound = 0 },
        { .name = "submit-wakes", .body = nobody_for_one, .bound = 0 },
        { .name = "submit-spins", .body = meets_spinning, .explain = explain,
          .bound = 3 },
        { .name = "submit-sleeps", .body = meets_sleeping, .explain = explain,
          .bound = 3 },
        { .name = "submit-late", .body = meets_spinning, .explain = explain,
          .bound = 3, .tso = true },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
