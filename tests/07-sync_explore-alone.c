/** @file 07-sync_explore-alone.c  One that is alone uses plain steps, and sysmon wakes
 * another one meanwhile, in every order.
 *
 * Threads of the check play m's, without a scheduler. The first runs. Another one
 * plays sysmon: it forbids to be alone, and if that is certain, takes the idle p,
 * and plays its m, too, until that has nothing to do any more.
 */
#include "explore.h"

#include "alone.h"
#include "lock.h"
#include "runq.h"
#include "steps.h"

static struct sched *s;
static struct m worker[2];
static struct g runner[2], ready[4];
static word_t word;
static bool woken;
static struct g *got[3];

static void
begins(void)
{
    s = world.map(sizeof(*s));
    s->procs = 2;
    for (int i = 0; i < 2; i++) {
        s->p[i].sched = s;
        s->p[i].status = P_RUNNING;
        worker[i].p = &s->p[i];
        worker[i].sched = s;
        worker[i].curg = &runner[i];
        runner[i].m = &worker[i];
    }
    lock(&s->lock);
    sched_put_idle(s, &s->p[1]);
    unlock(&s->lock);
    alone_run_begins(s, world.fence_all() == 0);
    EXPLORE_REQUIRE(atomic_load_relaxed(&alone_now.alone));
    setg(&runner[0]);
}

// What sysmon does; what the m of the other p does; and that goes idle.
static void
wakes_another(void (*runs)(void))
{
    const bool certain = alone_forbid(s);
    struct p *p = NULL;

    setg(NULL);
    if (certain) {
        lock(&s->lock);
        p = sched_get_idle(s);
        unlock(&s->lock);
    }
    alone_allow(s);
    if (p == NULL)
        return;
    woken = true;
    setg(&runner[1]);
    runs();
    lock(&s->lock);
    sched_put_idle(s, p);
    unlock(&s->lock);
}

// ---- Steps on one word -----------------------------------------------------

static void
adds(void)
{
    step_add(&word, 10);
}

static void
wakes_who_adds(void *arg)
{
    (void)arg;
    wakes_another(adds);
}

static void
steps(void)
{
    begins();
    explore_thread(wakes_who_adds, NULL);
    for (int i = 0; i < 3; i++)
        step_add(&word, 1);
    explore_join();
    EXPLORE_EXPECT(atomic_load_relaxed(&word) == (woken ? 13 : 3),
                   "A step of who was alone is lost, or one of the other.",
                   "Somebody was woken while plain steps were under way.");
}

// What goes wrong if alone_begins does not look again.
static void
step_looking_once(void)
{
    if (!atomic_load_relaxed(&alone_now.alone)) {
        step_add(&word, 1);
        return;
    }
    atomic_store_relaxed(&alone_now.busy, true);
    plain_add(&word, 1);
    alone_ends();
}

static void
steps_looking_once(void)
{
    begins();
    explore_thread(wakes_who_adds, NULL);
    step_looking_once();
    step_looking_once();
    explore_join();
    EXPLORE_REQUIRE(atomic_load_relaxed(&word) == (woken ? 12 : 2));
}

// A mutex of one bit, and twice in a row: who comes second finds what the first
// has left, though one uses plain steps, and the other does not.
static int inside;

static void
tries(void)
{
    for (int i = 0; i < 2; i++) {
        if (!step_cas(&word, 0, 1))
            continue;
        EXPLORE_REQUIRE(inside++ == 0);
        EXPLORE_YIELD();
        inside--;
        EXPLORE_REQUIRE(step_cas(&word, 1, 0));
    }
}

static void
wakes_who_tries(void *arg)
{
    (void)arg;
    wakes_another(tries);
}

static void
one_at_a_time(void)
{
    begins();
    explore_thread(wakes_who_tries, NULL);
    tries();
    explore_join();
    EXPLORE_REQUIRE(atomic_load_relaxed(&word) == 0);
}

// ---- A lock that is not taken by who is alone --------------------------------

// A value and a copy of it. Both are changed in one section.
static struct lock both;
static int value, copy;

static void
changes(void)
{
    const bool alone = alone_begins();

    if (!alone)
        lock(&both);
    EXPLORE_REQUIRE(value == copy);
    value++;
    EXPLORE_YIELD();
    copy++;
    if (alone)
        alone_ends();
    else
        unlock(&both);
}

// What goes wrong if steps inside of others end those, too.
static void
changes_around(void)
{
    const bool alone = alone_begins();

    if (!alone)
        lock(&both);
    EXPLORE_REQUIRE(value == copy);
    value++;
    step_add(&word, 1);
    EXPLORE_YIELD();
    copy++;
    if (alone)
        alone_ends();
    else
        unlock(&both);
}

static void
wakes_who_changes(void *arg)
{
    (void)arg;
    wakes_another(changes);
}

static void
section(void)
{
    begins();
    explore_thread(wakes_who_changes, NULL);
    changes();
    changes();
    explore_join();
    EXPLORE_REQUIRE(value == copy && value == (woken ? 3 : 2));
}

static void
section_ended_inside(void)
{
    begins();
    explore_thread(wakes_who_changes, NULL);
    changes_around();
    explore_join();
}

// ---- The queue of the one that is alone --------------------------------------

// Inside of a section (a goroutine parks, and the next one is taken), and outside.
static void
owner_takes(void)
{
    struct runq *q = &s->p[0].runq;

    struct g *pushed = runq_put_next(q, &ready[1]);

    EXPLORE_REQUIRE(pushed == NULL || runq_put(q, pushed));

    const bool alone = alone_begins();

    got[0] = runq_get(q);
    if (alone) {
        // Still nobody else is here.
        value++;
        EXPLORE_YIELD();
        copy++;
        alone_ends();
    }
    got[1] = runq_get(q);
}

// As sysmon does with what waits for too long.
static void
sysmon_takes(void *arg)
{
    struct g *last;

    (void)arg;
    setg(NULL);
    if (alone_forbid(s)) {
        EXPLORE_REQUIRE(value == copy);
        runq_take_half(&s->p[0].runq, &got[2], &last);
    }
    alone_allow(s);
}

static void
queue(void)
{
    bool seen[2] = { false };

    begins();
    EXPLORE_REQUIRE(runq_put_next(&s->p[0].runq, &ready[0]) == NULL);
    explore_thread(sysmon_takes, NULL);
    owner_takes();
    explore_join();
    for (int i = 0; i < 3; i++) {
        if (got[i] == NULL)
            continue;
        EXPLORE_REQUIRE(!seen[got[i] - ready]);
        seen[got[i] - ready] = true;
        EXPLORE_REQUIRE(i != 2 || got[i]->next == NULL);
    }
    EXPLORE_REQUIRE(seen[0] && seen[1]);
}

// The number of p's may change while sysmon is about to look: what was certain of
// one p is to be so of two.
static void
sysmon_looks(void *arg)
{
    struct g *last;

    (void)arg;
    setg(NULL);

    const bool certain = alone_forbid(s);

    lock(&s->lock);
    if (certain && s->procs > 1)
        runq_take_half(&s->p[0].runq, &got[2], &last);
    unlock(&s->lock);
    alone_allow(s);
}

static void
queue_of_one(void)
{
    bool seen[2] = { false };

    begins();

    struct runq *q = &s->p[0].runq;

    lock(&s->lock);
    sched_get_idle(s)->status = P_STOPPED;
    unlock(&s->lock);
    procs_resize(s, 1);
    EXPLORE_REQUIRE(runq_put_next(q, &ready[0]) == NULL);
    explore_thread(sysmon_looks, NULL);
    procs_resize(s, 2);
    lock(&s->lock);
    sched_put_idle(s, &s->p[1]);
    unlock(&s->lock);

    struct g *pushed = runq_put_next(q, &ready[1]);

    EXPLORE_REQUIRE(pushed == NULL || runq_put(q, pushed));
    got[0] = runq_get(q);
    got[1] = runq_get(q);
    explore_join();
    for (int i = 0; i < 3; i++) {
        if (got[i] == NULL)
            continue;
        EXPLORE_REQUIRE(!seen[got[i] - ready]);
        seen[got[i] - ready] = true;
    }
    EXPLORE_REQUIRE(seen[0] && seen[1]);
}

// ---- Sysmon goes to sleep ----------------------------------------------------

// As may_sleep does, and as proc_put. With no fence in between, on either side, sysmon
// sleeps, and nobody wakes it for what waits.
static bool sees_nothing, settles;

static void
sysmon_sleeps(void *arg)
{
    (void)arg;
    setg(NULL);
    atomic_store(&s->watched, false);
    if (!settles || alone_is_seen(s))
        sees_nothing = runq_empty(&s->p[0].runq);
}

static void
puts_next(void)
{
    begins();
    atomic_store(&s->watched, true);
    explore_thread(sysmon_sleeps, NULL);
    runq_put_next(&s->p[0].runq, &ready[0]);

    const bool is_watched = atomic_load(&s->watched);

    explore_join();
    EXPLORE_REQUIRE(!(is_watched && sees_nothing));
}

static void
sleeps_unseen(void)
{
    puts_next();
}

static void
sleeps_seen(void)
{
    settles = true;
    puts_next();
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "alone-steps", .body = steps, .bound = 3 },
        { .name = "alone-steps-tso", .body = steps, .bound = 3, .tso = true },
        { .name = "alone-looks-once", .body = steps_looking_once, .bound = 3,
          .finds = "Not so" },
        { .name = "alone-ended-inside", .body = section_ended_inside, .bound = 2,
          .finds = "Not so: value == copy" },
        { .name = "alone-one", .body = one_at_a_time, .bound = 3, .samples = 2000 },
        { .name = "alone-one-tso", .body = one_at_a_time, .bound = 2, .tso = true },
        { .name = "alone-section", .body = section, .bound = 3 },
        { .name = "alone-section-tso", .body = section, .bound = 3, .tso = true },
        { .name = "alone-queue", .body = queue, .bound = 3 },
        { .name = "alone-procs", .body = queue_of_one, .bound = 3 },
        { .name = "alone-sleeps", .body = sleeps_seen, .bound = 3 },
        { .name = "alone-sleeps-tso", .body = sleeps_seen, .bound = 3, .tso = true },
        { .name = "alone-sleeps-unseen", .body = sleeps_unseen, .bound = 3, .tso = true,
          .finds = "Not so" },
        { .name = "alone-queue-tso", .body = queue, .bound = 2, .tso = true },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
