/** @file 04-steal_explore-park-m.c  An m that has found nothing, on its way to
 * sleep, while others bring work, or stop the world.
 */
#include "04-steal_workers.h"

// Nothing is there.
static void
sleeps(void)
{
    make_sched(2);
    m_idle(&worker[1]);
    EXPLORE_EXPECT(worker[1].p == NULL, "An m is idle, and keeps its p.",
                   "Whoever wakes it brings one. Until then the p is free for "
                   "any m.");
    EXPLORE_EXPECT(atomic_load_relaxed(&s->n_idle) == 1 && m_count_idle() == 1,
                   "An m sleeps, and nobody can find it, or its p.",
                   "Both are on their lists: sched_put_idle, m_push_idle.");
    EXPLORE_EXPECT(s->p[1].status == P_IDLE, "An m sleeps, and nobody can find it, or its p.",
                   "Both are on their lists: sched_put_idle, m_push_idle.");
}

// It spun, and there is nothing.
static void
stops_spinning(void)
{
    make_sched(2);
    spin_begin(&s->p[1]);
    m_idle(&worker[1]);
    EXPLORE_EXPECT(atomic_load_relaxed(&s->n_spinning) == 0 &&
                   !atomic_load_relaxed(&s->p[1].spinning),
                   "Who sleeps is still counted among those who look.",
                   "As long as one is counted, nobody is woken for new work.");
    EXPLORE_EXPECT(worker[1].p == NULL, "There is nothing, and it does not go to sleep.",
                   NULL);
}

// Something has come to the ring of another p, or one is needed: it goes on.
static void
goes_on(void)
{
    make_sched(2);
    spin_begin(&s->p[1]);
    put_some(0, 2);
    m_idle(&worker[1]);
    EXPLORE_EXPECT(worker[1].p != NULL, "Work waits in the ring of a p, and who spun sleeps.",
                   "While it looked, nobody was woken. So it looks once more, "
                   "after it is not counted any more.");
    EXPLORE_EXPECT(atomic_load_relaxed(&s->n_spinning) == 1 &&
                   atomic_load_relaxed(&s->p[1].spinning),
                   "It looks again, and is not counted among those who look.",
                   "If it goes on looking, its p spins, and n_spinning counts "
                   "it.");
}

static void
is_needed(void)
{
    make_sched(2);
    atomic_store_relaxed(&s->need_spinning, true);
    m_idle(&worker[1]);
    EXPLORE_EXPECT(worker[1].p != NULL, "One who looks is needed, and the next m sleeps.",
                   "Somebody has brought work, and found no p that was idle. "
                   "need_spinning says so.");
    EXPLORE_EXPECT(atomic_load_relaxed(&s->n_spinning) == 1 &&
                   atomic_load_relaxed(&s->p[1].spinning),
                   "It looks again, and is not counted among those who look.",
                   "If it goes on looking, its p spins, and n_spinning counts "
                   "it.");
    EXPLORE_EXPECT(!atomic_load_relaxed(&s->need_spinning),
                   "One looks now, and need_spinning still asks for one.",
                   "It asks for one. If it stays, no m ever sleeps.");
}

static void
meets_submit(void)
{
    make_sched(2);
    spin_begin(&s->p[1]);
    explore_thread(finds_one, &worker[1]);
    put_some(0, 2);
    explore_join();
}

static void
sleeps_meets_submit(void)
{
    make_sched(2);
    explore_thread(goes_idle_first, &worker[1]);
    put_some(0, 2);
    explore_join();
}

// Somebody puts one into the global queue, and wakes one that is idle.
static void
puts_global(void *arg)
{
    (void)arg;
    item[0].status.atomic_value = G_RUNNABLE;
    lock(&s->lock);
    sched_put(s, &item[0], &item[0], 1);

    struct p *p = sched_get_idle(s);

    unlock(&s->lock);
    if (p != NULL)
        m_start(p);
}

static void
meets_global(void)
{
    make_sched(2);
    explore_thread(puts_global, NULL);
    goes_idle_first(&worker[1]);
    explore_join();
}

// ---- The world is stopped --------------------------------------------------

static void
stopping(void)
{
    make_sched(2);
    atomic_store_relaxed(&s->stopping, true);
    m_idle(&worker[1]);
    EXPLORE_EXPECT(worker[1].p != NULL, "The world is to be stopped, and an m goes idle.",
                   "Who stops it waits until each p that ran was given up "
                   "(p_give_up). So `stopping` is looked at under the lock.");
}

// ---- Nobody is left --------------------------------------------------------

static struct go_waitgroup never;

static void
sleeps_too(void)
{
    go_waitgroup_wait(&never);
}

static int
main_sleeps(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_waitgroup_add(&never, 1);
    go(sleeps_too);
    go_waitgroup_wait(&never);
    return 0;
}

static void
last_one(void)
{
    go_run(main_sleeps, 0, NULL);
}

static void
explain(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
        f->what = "Work waits in the ring of a p, and who looked for it sleeps.";
        f->why = "It came while this m looked, so nobody was woken. First it is "
                 "not counted any more, and then it looks once more.";
        break;
    default:
        break;
    }
}

static void
explain_global(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
        f->what = "A goroutine came to the global queue, and its m sleeps.";
        f->why = "It came after this m had looked, and before its p was idle: so "
                 "nobody was started for it. Look once more, under the lock.";
        break;
    default:
        break;
    }
}

static void
explain_lock(struct explore_failure *f)
{
    if (f->kind == EXPLORE_DEADLOCK || f->kind == EXPLORE_NEVER_ENDS ||
        f->kind == EXPLORE_LOST_WAKEUP) {
        f->what = "The lock of the scheduler is never given back.";
        f->why = "Each way out gives it back.";
    }
}

static void
not_said(struct explore_failure *f)
{
    if (f->kind != EXPLORE_NOT_SAID && f->kind != EXPLORE_DEADLOCK &&
        f->kind != EXPLORE_LOST_WAKEUP && f->kind != EXPLORE_NEVER_ENDS)
        return;
    f->what = "All goroutines wait, and nobody says so.";
    f->why = "This may have been the last p that was not idle. So deadlock_check "
             "is asked, once the p is on the list.";
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "park-sleeps", .body = sleeps, .explain = explain_lock, .bound = 0 },
        { .name = "park-spun", .body = stops_spinning, .explain = explain_lock, .bound = 0 },
        { .name = "park-stops", .body = stopping, .explain = explain_lock, .bound = 0 },
        { .name = "park-needed", .body = is_needed, .explain = explain_lock, .bound = 0 },
        { .name = "park-last", .body = last_one, .explain = not_said, .procs = 1,
          .bound = 1, .expect = "fatal error: all goroutines are asleep - deadlock!" },
        { .name = "park-global", .body = meets_global, .explain = explain_global,
          .bound = 2 },
        { .name = "park-submit", .body = meets_submit, .explain = explain, .bound = 2 },
        { .name = "park-goes-on", .body = goes_on, .explain = explain_lock, .bound = 0 },
        { .name = "park-sleep", .body = sleeps_meets_submit, .explain = explain, .bound = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
