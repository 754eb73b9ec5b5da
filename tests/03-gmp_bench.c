/** @file 03-gmp_bench.c  What goroutines cost.
 *
 * yield2           gosched, two goroutines in turn, ns for one way (with two
 *                  processors each has one to itself, and nobody to yield to)
 * yield1000        the same with 1,000
 * spawn_batch1000  1,000 goroutines made, run and joined, ns each
 * spawn_batch100k  the same with 100,000
 * spawn_seq_wg     one at a time: made, run, joined
 * mem_100k         100,000 that all park, go on, park again and end:
 *   _create          ns each, until all are parked
 *   _wake            ns each, until all have gone on
 *   _end             ns each, until all have ended
 *   _rss             bytes in memory of each that is parked, page tables
 *                    included
 *   _maps            mappings that the process has then
 * mem_1M           the same with 1,000,000
 * restart          go_run, of a program that does nothing, us
 *
 * Procs: 1 2
 */
#include "bench.h"
#include "stack.h"

static const char *us = "libgoroutine";

static void
does_nothing(void)
{
}

// ---- Taking turns ----------------------------------------------------------

static void
yields(struct go_waitgroup *start, long n)
{
    go_waitgroup_wait(start);
    for (long i = 0; i < n; i++)
        go_gosched();
}

// `count` goroutines yield n times each.
static void
take_turns(int count, long n)
{
    struct go_waitgroup start = { 0 }, all = { 0 };

    go_waitgroup_add(&start, 1);
    for (int i = 0; i < count; i++)
        go_waitgroup_go(&all, yields, &start, n);
    go_waitgroup_done(&start);
    go_waitgroup_wait(&all);
}

static void
yield2(long n)
{
    take_turns(2, n);
}

static void
yield1000(long n)
{
    take_turns(1000, n);
}

// ---- Coming and going ------------------------------------------------------

// n times a batch of `count` goroutines.
static void
spawn(int count, long n)
{
    struct go_waitgroup wg = { 0 };

    for (long i = 0; i < n; i++) {
        for (int k = 0; k < count; k++)
            go_waitgroup_go(&wg, does_nothing);
        go_waitgroup_wait(&wg);
    }
}

static void
spawn_seq(long n)
{
    spawn(1, n);
}

static void
spawn_batch1000(long n)
{
    spawn(1000, n);
}

static void
spawn_batch100k(long n)
{
    spawn(100000, n);
}

// ---- Very many -------------------------------------------------------------

static struct go_waitgroup started, woken, ended;   // count the goroutines
static struct go_waitgroup gate1, gate2;            // they wait for

static void
waits_twice(void)
{
    go_waitgroup_done(&started);
    go_waitgroup_wait(&gate1);
    go_waitgroup_done(&woken);
    go_waitgroup_wait(&gate2);
}

static void
many(const char *workload, int n)
{
    static const char *const kind[] = {
        [GUARD_REGIONS] = "guard regions",
        [GUARD_PAGES] = "guard pages (mprotect)",
        [GUARD_CANARY] = "canaries, from some stack on",
    };
    struct bench_many m;

    if (!bench_wants(workload))
        return;
    go_waitgroup_add(&started, n);
    go_waitgroup_add(&woken, n);
    go_waitgroup_add(&gate1, 1);
    go_waitgroup_add(&gate2, 1);

    const double before = bench_memory();
    double start = bench_seconds();

    for (int i = 0; i < n; i++)
        go_waitgroup_go(&ended, waits_twice);
    go_waitgroup_wait(&started);
    m.create = bench_seconds() - start;
    m.memory = bench_memory() - before;
    m.mappings = bench_mappings();

    start = bench_seconds();
    go_waitgroup_done(&gate1);
    go_waitgroup_wait(&woken);
    m.wake = bench_seconds() - start;

    start = bench_seconds();
    go_waitgroup_done(&gate2);
    go_waitgroup_wait(&ended);
    m.end = bench_seconds() - start;
    bench_many(us, workload, n, &m);
    printf("N\t%s: the stacks of %s have %s.\n", workload, us,
           kind[stack_guard_kind()]);
}

// ---- All of it -------------------------------------------------------------

static int
go_nothing(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return 0;
}

static void
restart(long n)
{
    for (long i = 0; i < n; i++)
        go_run(go_nothing, 0, NULL);
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    bench(us, "yield2", yield2, 2);
    bench(us, "yield1000", yield1000, 1000);
    bench(us, "spawn_batch1000", spawn_batch1000, 1000);
    bench(us, "spawn_batch100k", spawn_batch100k, 100000);
    bench(us, "spawn_seq_wg", spawn_seq, 1);
    many("mem_100k", 100000);
    many("mem_1M", 1000000);
    return 0;
}

int
main(int argc, char **argv)
{
    bench_begin(argc, argv);
    if (argc > 2)
        us = argv[2];
    bench_in("us", 1e6, us, "restart", restart, 1);
    return go_run(go_main, argc, argv);
}
