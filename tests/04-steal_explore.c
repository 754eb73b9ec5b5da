/** @file 04-steal_explore.c  The protocols of part 4, in every order.
 *
 * In these builds a ring is full with four (lib/explore/runqsize.h).
 */
#include <string.h>

#include "explore.h"
#include "gstatus.h"
#include "proc.h"
#include "schedt.h"
#include "wake.h"

static int done;

// ---- A ring ----------------------------------------------------------------

enum { ITEMS = 8 };

static struct runq mine, theirs;
static struct g item[ITEMS];
static int taken[ITEMS];

static void
count(struct g *gp)
{
    if (gp != NULL) {
        taken[gp - item]++;
        EXPLORE_REQUIRE(taken[gp - item] == 1);
    }
}

static void
count_all(struct runq *q)
{
    for (struct g *gp; (gp = runq_get(q)) != NULL; )
        count(gp);
}

// Each of the first n has been taken once, and nothing is left.
static void
require_all(int n)
{
    for (int i = 0; i < n; i++)
        EXPLORE_REQUIRE(taken[i] == 1);
    EXPLORE_REQUIRE(runq_empty(&mine));
    EXPLORE_REQUIRE(runq_empty(&theirs));
}

static void
begin_at(struct runq *q, uint32_t position)
{
    q->head.atomic_value = q->tail.atomic_value = position;
}

static void
steals(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        count(runq_steal(&theirs, &mine));
        count_all(&theirs);
    }
}

static void
takes_half(void *arg)
{
    struct g *first, *last;

    (void)arg;
    if (runq_take_half(&mine, &first, &last) == 0)
        return;
    EXPLORE_REQUIRE(last->next == NULL);
    for (struct g *gp = first; gp != NULL; gp = gp->next)
        count(gp);
}

// Half, rounded up: one is returned, the others are in the thief's ring.
static void
steals_halves(void *arg)
{
    (void)arg;
    for (int n = 1; n <= RUNQ_SIZE; n++) {
        memset(taken, 0, sizeof(taken));
        for (int i = 0; i < n; i++)
            runq_put(&mine, &item[i]);
        count(runq_steal(&theirs, &mine));
        EXPLORE_REQUIRE(runq_length(&theirs) == (uint32_t)(n + 1) / 2 - 1);
        EXPLORE_REQUIRE(runq_length(&mine) == (uint32_t)n / 2);
        count_all(&theirs);
        count_all(&mine);
        require_all(n);
    }
}

static void
half_is_stolen(void)
{
    explore_thread(steals_halves, NULL);
    explore_join();
}

static void
owner_and_thief(void)
{
    for (int i = 0; i < 3; i++)
        EXPLORE_REQUIRE(runq_put(&mine, &item[i]));
    explore_thread(steals, NULL);
    count(runq_get(&mine));
    EXPLORE_REQUIRE(runq_put(&mine, &item[3]));
    count(runq_get(&mine));
    explore_join();
    count_all(&mine);
    require_all(4);
}

static void
two_thieves(void)
{
    for (int i = 0; i < 3; i++)
        runq_put(&mine, &item[i]);
    explore_thread(steals, NULL);
    explore_thread(takes_half, NULL);
    count(runq_get(&mine));
    explore_join();
    count_all(&mine);
    require_all(3);
}

static void
robs_the_thief(void *arg)
{
    struct g *first, *last;

    (void)arg;
    if (runq_take_half(&theirs, &first, &last) > 0)
        for (struct g *gp = first; gp != NULL; gp = gp->next)
            count(gp);
}

// What was stolen can be stolen again as soon as it can be seen.
static void
stolen_again(void)
{
    for (int i = 0; i < 4; i++)
        runq_put(&mine, &item[i]);
    explore_thread(steals, NULL);
    explore_thread(robs_the_thief, NULL);
    explore_join();
    count_all(&mine);
    require_all(4);
}

// The slots are written anew while a thief copies them, and positions go
// beyond the greatest number.
static void
comes_around(void)
{
    begin_at(&mine, UINT32_MAX - 1);
    for (int i = 0; i < 3; i++)
        EXPLORE_REQUIRE(runq_put(&mine, &item[i]));
    explore_thread(steals, NULL);
    for (int i = 3; i < ITEMS; i++) {
        count(runq_get(&mine));
        EXPLORE_REQUIRE(runq_put(&mine, &item[i]));
    }
    explore_join();
    count_all(&mine);
    require_all(ITEMS);
}

// gp waits in the ring, or half of the ring and gp are taken out.
static void
put_or_overflow(struct g *gp)
{
    struct g *first, *last;
    uint32_t n = 0;

    while (!runq_put(&mine, gp)) {
        n = runq_overflow(&mine, gp, &first, &last);
        if (n > 0)
            break;
    }
    if (n == 0)
        return;
    EXPLORE_REQUIRE(last == gp && last->next == NULL);
    for (struct g *g = first; g != NULL; g = g->next, n--)
        count(g);
    EXPLORE_REQUIRE(n == 0);
}

static void
overflows(void)
{
    for (int i = 0; i < RUNQ_SIZE; i++)
        EXPLORE_REQUIRE(runq_put(&mine, &item[i]));
    EXPLORE_REQUIRE(!runq_put(&mine, &item[RUNQ_SIZE]));
    explore_thread(steals, NULL);
    put_or_overflow(&item[RUNQ_SIZE]);
    explore_join();
    count_all(&mine);
    require_all(RUNQ_SIZE + 1);
}

static void
steals_next(void *arg)
{
    (void)arg;
    count(runq_steal_next(&mine));
}

static void
next_is_taken_once(void)
{
    struct g *pushed;

    EXPLORE_REQUIRE(runq_put_next(&mine, &item[0]) == NULL);
    explore_thread(steals_next, NULL);
    pushed = runq_put_next(&mine, &item[1]);
    EXPLORE_REQUIRE(pushed == NULL || pushed == &item[0]);
    if (pushed != NULL)
        runq_put(&mine, pushed);
    count(runq_get(&mine));
    explore_join();
    count_all(&mine);
    require_all(2);
}

// The slice of those who ready one another has ended: next goes to the ring,
// unless it is stolen.
static void
slice_ends(void)
{
    mine.inherited = 1000;
    runq_put(&mine, &item[0]);
    runq_put_next(&mine, &item[1]);
    explore_thread(steals_next, NULL);
    explore_thread(steals, NULL);
    count(runq_get(&mine));
    explore_join();
    count_all(&mine);
    require_all(2);
}

static void
looks_whether_empty(void *arg)
{
    (void)arg;
    EXPLORE_REQUIRE(!runq_empty(&mine));
}

// Something is there at any moment, though not at one place.
static void
never_empty(void)
{
    runq_put_next(&mine, &item[0]);
    explore_thread(looks_whether_empty, NULL);
    runq_put(&mine, runq_put_next(&mine, &item[1]));
    EXPLORE_REQUIRE(runq_get(&mine) == &item[1]);
    explore_join();
}

// ---- Threads wake, and sleep -----------------------------------------------

// A scheduler without goroutines that run: threads of the check play its m's.
static struct sched *s;
static struct m worker[3];

static void
make_sched(int procs)
{
    s = world.map(sizeof(*s));
    s->procs = s->procs_most = procs;
    atomic_store_relaxed(&s->watched, true);        // no sysmon
    for (int i = 0; i < procs; i++) {
        s->p[i].sched = s;
        s->p[i].status = P_RUNNING;
        worker[i].p = &s->p[i];
        worker[i].sched = s;
        atomic_store_relaxed(&s->p[i].ticks, 1);
    }
}

static void
put_some(int n)
{
    for (int i = 0; i < n; i++) {
        atomic_store_relaxed(&item[i].status, G_RUNNABLE);
        proc_put(&worker[0], &item[i]);
    }
}

// An m that looks for work until it has one goroutine; and then computes.
static void
finds_one(void *arg)
{
    struct m *mp = arg;

    for (;;) {
        struct g *gp = NULL;

        if (mp->p == NULL)
            m_sleep(mp, -1);
        if (mp->p != NULL)
            gp = find_work(mp);
        if (gp != NULL) {
            count(gp);
            done++;
            return;
        }
    }
}

// One p's m submits and then computes for ever; the other's has found nothing
// so far, and spins. It must find what waits in the ring.
static void
submit_meets_park(void)
{
    make_sched(2);
    spin_begin(&s->p[1]);
    explore_thread(finds_one, &worker[1]);
    put_some(2);
    explore_join();
    EXPLORE_REQUIRE(done == 1);
}

static void
goes_idle_first(void *arg)
{
    struct m *mp = arg;

    m_idle(mp);
    finds_one(mp);
}

// The other one does not spin, and is on its way to sleep.
static void
submit_meets_sleep(void)
{
    make_sched(2);
    explore_thread(goes_idle_first, &worker[1]);
    put_some(2);
    explore_join();
    EXPLORE_REQUIRE(done == 1);
}

// One spins, and while it does nobody is woken. When it has found something, it
// wakes the third.
static void
the_next_is_woken(void)
{
    make_sched(3);
    lock(&s->lock);
    sched_put_idle(s, worker[2].p);
    worker[2].p = NULL;
    m_push_idle(&worker[2]);
    unlock(&s->lock);
    spin_begin(&s->p[1]);
    explore_thread(finds_one, &worker[1]);
    explore_thread(finds_one, &worker[2]);
    put_some(3);
    explore_join();
    EXPLORE_REQUIRE(done == 2);
}

static void
hands_off(void *arg)
{
    p_hand_off(arg);
}

// An m hands its p over while another one submits, and a third sleeps.
static void
hand_off_meets_submit(void)
{
    make_sched(2);
    m_push_idle(&worker[2]);
    explore_thread(hands_off, &worker[1]);
    explore_thread(finds_one, &worker[2]);
    put_some(2);
    explore_join();
    EXPLORE_REQUIRE(done == 1);
}

// What is in the queue of a p that is handed over goes along.
static void
hand_off_with_work(void)
{
    make_sched(2);
    m_push_idle(&worker[2]);
    put_some(1);
    explore_thread(finds_one, &worker[2]);
    p_hand_off(&worker[0]);
    explore_join();
    EXPLORE_REQUIRE(done == 1);
}

// ---- Whole programs --------------------------------------------------------

static void
nothing(void)
{
    done++;
}

static void
yields(void)
{
    go_gosched();
    done++;
}

static int
main_waits(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argv;
    for (int i = 0; i < argc; i++)
        go_waitgroup_go(&wg, nothing);
    go_waitgroup_wait(&wg);
    return done;
}

static void
runs_three(void)
{
    EXPLORE_REQUIRE(go_run(main_waits, 3, NULL) == 3);
}

// More than the ring holds.
static void
runs_many(void)
{
    EXPLORE_REQUIRE(go_run(main_waits, 7, NULL) == 7);
}

static int
main_yields(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, yields);
    go_waitgroup_go(&wg, yields);
    go_gosched();
    go_waitgroup_wait(&wg);
    return done;
}

static void
two_yield(void)
{
    EXPLORE_REQUIRE(go_run(main_yields, 0, NULL) == 2);
}

static int
main_sleeps(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_add(&wg, 3);
    go(go_waitgroup_done, &wg);
    go(go_waitgroup_done, &wg);
    go_waitgroup_wait(&wg);
    return 0;
}

static void
deadlocks(void)
{
    go_run(main_sleeps, 0, NULL);
}

// The world stops while an m spins, or goes to sleep.
static int
main_changes(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argv;
    go_waitgroup_go(&wg, yields);
    go_waitgroup_go(&wg, nothing);
    go_gomaxprocs(argc);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(go_gomaxprocs(0) == argc);
    return done;
}

static void
world_stops(void)
{
    EXPLORE_REQUIRE(go_run(main_changes, 1, NULL) == 2);
}

static void
world_grows(void)
{
    EXPLORE_REQUIRE(go_run(main_changes, 3, NULL) == 2);
}

static int
main_leaves(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(yields);
    go(nothing);
    go(nothing);
    return 7;
}

static void
ends_early(void)
{
    EXPLORE_REQUIRE(go_run(main_leaves, 0, NULL) == 7);
}

static void
locked(void)
{
    go_lock_os_thread();
    go_gosched();
    done++;
}

static int
main_locks(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, locked);
    go_waitgroup_go(&wg, nothing);
    go_waitgroup_wait(&wg);
    return done;
}

static void
one_is_locked(void)
{
    EXPLORE_REQUIRE(go_run(main_locks, 0, NULL) == 2);
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "steal-half", .body = half_is_stolen, .bound = 1 },
        { .name = "ring", .body = owner_and_thief, .bound = 3, .samples = 1000 },
        { .name = "ring-tso", .body = owner_and_thief, .bound = 3, .tso = true },
        { .name = "thieves", .body = two_thieves, .bound = 3, .samples = 1000 },
        { .name = "thieves-tso", .body = two_thieves, .bound = 3, .tso = true },
        { .name = "again", .body = stolen_again, .bound = 3, .samples = 1000 },
        { .name = "again-tso", .body = stolen_again, .bound = 3, .tso = true },
        { .name = "around", .body = comes_around, .bound = 3, .samples = 1000 },
        { .name = "around-tso", .body = comes_around, .bound = 3, .tso = true },
        { .name = "overflow", .body = overflows, .bound = 3, .samples = 1000 },
        { .name = "overflow-tso", .body = overflows, .bound = 3, .tso = true },
        { .name = "next", .body = next_is_taken_once, .bound = 3, .samples = 1000 },
        { .name = "next-tso", .body = next_is_taken_once, .bound = 3, .tso = true },
        { .name = "slice", .body = slice_ends, .bound = 3, .samples = 1000 },
        { .name = "empty", .body = never_empty, .bound = 3, .samples = 1000 },
        { .name = "empty-tso", .body = never_empty, .bound = 3, .tso = true },
        { .name = "submit", .body = submit_meets_park, .bound = 3, .samples = 1000 },
        { .name = "submit-tso", .body = submit_meets_park, .bound = 3, .tso = true },
        { .name = "sleep", .body = submit_meets_sleep, .bound = 3, .samples = 1000 },
        { .name = "sleep-tso", .body = submit_meets_sleep, .bound = 3, .tso = true },
        { .name = "wake-next", .body = the_next_is_woken, .bound = 3, .samples = 2000 },
        { .name = "hand-off", .body = hand_off_meets_submit, .bound = 3, .samples = 1000 },
        { .name = "hand-off-tso", .body = hand_off_meets_submit, .bound = 3, .tso = true },
        { .name = "hand-work", .body = hand_off_with_work, .bound = 3 },
        { .name = "steal-run", .body = runs_three, .bound = 2, .procs = 2, .samples = 1000 },
        { .name = "steal-many", .body = runs_many, .bound = 1, .procs = 2, .samples = 1000 },
        { .name = "steal-run3", .body = runs_three, .bound = 1, .procs = 3, .samples = 1000 },
        { .name = "steal-yield", .body = two_yield, .bound = 1, .procs = 2, .samples = 1000 },
        { .name = "steal-yield1", .body = two_yield, .bound = 2, .procs = 1, .samples = 200 },
        { .name = "steal-deadlock", .body = deadlocks, .bound = 1, .procs = 2, .samples = 1000,
          .expect = "fatal error: all goroutines are asleep - deadlock!" },
        { .name = "steal-stop", .body = world_stops, .bound = 1, .procs = 2, .samples = 2000 },
        { .name = "steal-grow", .body = world_grows, .bound = 1, .procs = 2, .samples = 2000 },
        { .name = "steal-end", .body = ends_early, .bound = 1, .procs = 2, .samples = 1000 },
        { .name = "steal-locked", .body = one_is_locked, .bound = 1, .procs = 2, .samples = 1000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
