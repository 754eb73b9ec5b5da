/** @file 05-preempt_explore.c  Whoever wants a goroutine to stop, against all
 * that the goroutine may do meanwhile.
 *
 * Nobody is interrupted here: a goroutine that computes sleeps, so that time
 * passes, and comes to a checkpoint.
 */
#include "explore.h"
#include "preempt.h"
#include "proc.h"

enum { MS = 1000000 };

static int done;
static ATOMIC(bool) stop;

static void
compute(void)
{
    static uint32_t never;

    world.futex_wait(&never, 0, MS);
    go_checkpoint();
}

static void
computes(void)
{
    while (!atomic_load(&stop))
        compute();
    done++;
}

// ---- A request is about one goroutine --------------------------------------

static bool within;             // a goroutine is in its checkpoint
static uint32_t its_tick;

static ATOMIC(uint32_t) asked;

static void
asks(void *arg)
{
    preempt_request(arg);
    atomic_store(&asked, 1);
    world.futex_wake(&asked.atomic_value, 1);
}

// The p is there until the run ends.
static void
await_request(void)
{
    while (atomic_load(&asked) == 0)
        world.futex_wait(&asked.atomic_value, 0, -1);
}

// What runs while another one is in its checkpoint: then it was that one that
// was meant.
static void
looks(void)
{
    const struct p *p = getg()->m->p;

    if (within)
        EXPLORE_REQUIRE(atomic_load_relaxed(&p->preempt) == its_tick);
    done++;
}

static void
checks(void)
{
    its_tick = atomic_load_relaxed(&getg()->m->p->ticks);
    within = true;
    go_checkpoint();
    within = false;
    done++;
}

static void
parks(void)
{
    struct go_waitgroup one = {0};

    go_waitgroup_go(&one, looks);
    go_waitgroup_wait(&one);
    checks();
}

static int
main_parks(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    explore_thread(asks, getg()->m->p);
    go_waitgroup_go(&all, parks);
    go_waitgroup_go(&all, checks);
    go_waitgroup_wait(&all);
    await_request();
    return done;
}

// One parks while it is asked to stop: who comes next is not stopped for it.
static void
request_meets_park(void)
{
    EXPLORE_REQUIRE(go_run(main_parks, 0, NULL) == 3);
}

static int
main_ends(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    explore_thread(asks, getg()->m->p);
    for (int i = 0; i < 2; i++) {
        go_waitgroup_go(&all, looks);
        go_waitgroup_go(&all, checks);
    }
    go_waitgroup_wait(&all);
    await_request();
    return done;
}

static void
request_meets_end(void)
{
    EXPLORE_REQUIRE(go_run(main_ends, 0, NULL) == 4);
}

static int
main_is_disabled(int argc, char **argv)
{
    struct go_waitgroup one = {0};

    (void)argc;
    (void)argv;
    explore_thread(asks, getg()->m->p);
    go_preempt_disable();
    go_waitgroup_go(&one, looks);
    go_checkpoint();
    EXPLORE_REQUIRE(done == 0);
    its_tick = atomic_load_relaxed(&getg()->m->p->ticks);
    within = true;
    go_preempt_enable();
    within = false;
    go_waitgroup_wait(&one);
    await_request();
    return done;
}

static void
request_meets_disable(void)
{
    EXPLORE_REQUIRE(go_run(main_is_disabled, 0, NULL) == 1);
}

// ---- The world is stopped --------------------------------------------------

static int
main_stops(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argv;
    go_waitgroup_go(&all, computes);
    go_gomaxprocs(argc);
    EXPLORE_REQUIRE(go_gomaxprocs(0) == argc);
    atomic_store(&stop, true);
    go_waitgroup_wait(&all);
    return done;
}

static void
one_p_stops(void)
{
    EXPLORE_REQUIRE(go_run(main_stops, 1, NULL) == 1);
}

static void
world_grows(void)
{
    EXPLORE_REQUIRE(go_run(main_stops, 3, NULL) == 1);
}

// The run ends while a goroutine computes.
static int
main_leaves(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(computes);
    return 7;
}

static void
run_ends_anyway(void)
{
    EXPLORE_REQUIRE(go_run(main_leaves, 0, NULL) == 7);
}

// ---- A slice ---------------------------------------------------------------

static int64_t ready_since;

static void
beats(void)
{
    const int64_t waited = world.now() - ready_since;

    // (It comes to a checkpoint every ms only.)
    EXPLORE_REQUIRE(waited <= 2 * SLICE + MS);
    done++;
}

// A goroutine that computes makes another one ready, early or late.
static int
main_hogs(int argc, char **argv)
{
    struct go_waitgroup one = {0};

    (void)argv;
    for (int i = 0; i < argc; i++)
        compute();
    for (int beat = 0; beat < 2; beat++) {
        const int before = done;

        ready_since = world.now();
        go_waitgroup_go(&one, beats);
        while (done == before)
            compute();
    }
    return done;
}

static void
nobody_waits_long(void)
{
    EXPLORE_REQUIRE(go_run(main_hogs, 0, NULL) == 2);
}

// sysmon has gone to sleep by then.
static void
nobody_waits_long_later(void)
{
    EXPLORE_REQUIRE(go_run(main_hogs, 80, NULL) == 2);
}

int
main(int argc, char **argv)
{
    static const struct explore_check list[] = {
        { .name = "ask-park", .body = request_meets_park, .bound = 3, .samples = 500 },
        { .name = "ask-end", .body = request_meets_end, .bound = 3, .samples = 500 },
        { .name = "ask-disable", .body = request_meets_disable, .bound = 3, .samples = 500 },
        { .name = "ask-stop", .body = one_p_stops, .procs = 2, .bound = 3, .samples = 500 },
        { .name = "ask-grow", .body = world_grows, .procs = 2, .bound = 3, .samples = 500 },
        { .name = "ask-leave", .body = run_ends_anyway, .procs = 2, .bound = 3, .samples = 500 },
        { .name = "slice-waits", .body = nobody_waits_long, .bound = 3, .samples = 100 },
        { .name = "slice-waits-late", .body = nobody_waits_long_later, .bound = 1, .samples = 50 },
    };

    return explore_main(argc, argv, list, sizeof(list) / sizeof(list[0]));
}
