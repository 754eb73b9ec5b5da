/** @file 04-steal_bench.c  What it costs to spread goroutines over p's, and
 * what it brings.
 *
 * tree1M     a tree of 1,000,000 leaves, each node a goroutine that starts ten
 *            and waits for them, ms
 * fib30      fib(30), a goroutine for the greater half of each sum, ms
 * work10k    a tree of 10,000 leaves, with some 10 us of work in each, ms
 * pairs100   100 pairs that ready one another, ns for one turn
 *
 * Procs: 1 2 8 64
 */
#include "bench.h"

#include <goroutine.h>

static const char *us = "libgoroutine";

static void
require(int holds)
{
    if (!holds) {
        fprintf(stderr, "04-steal_bench: the result is wrong\n");
        exit(1);
    }
}

// ---- Trees -----------------------------------------------------------------

static void
node(long first, long leaves, long *sum)
{
    struct go_waitgroup wg = { 0 };
    long part[10];

    if (leaves == 1) {
        *sum = first;
        return;
    }
    for (long i = 0; i < 10; i++)
        go_waitgroup_go(&wg, node, first + i * leaves / 10, leaves / 10,
                        &part[i]);
    go_waitgroup_wait(&wg);
    *sum = 0;
    for (int i = 0; i < 10; i++)
        *sum += part[i];
}

static void
tree1M(long n)
{
    for (long i = 0; i < n; i++) {
        long sum = 0;

        node(0, 1000000, &sum);
        require(sum == 499999500000);
    }
}

static void
fib(long n, long *result)
{
    struct go_waitgroup wg = { 0 };
    long a, b;

    if (n < 2) {
        *result = n;
        return;
    }
    go_waitgroup_go(&wg, fib, n - 1, &a);
    fib(n - 2, &b);
    go_waitgroup_wait(&wg);
    *result = a + b;
}

static void
fib30(long n)
{
    for (long i = 0; i < n; i++) {
        long result = 0;

        fib(30, &result);
        require(result == 832040);
    }
}

// Some 10 us, of which the compiler knows nothing.
static long
work(long x)
{
    unsigned long y = (unsigned long)x + 1;

    for (int i = 0; i < 4000; i++)
        y = y * 6364136223846793005 + 1442695040888963407;
    return (long)(y & 1);
}

static void
busy_node(long first, long leaves, long *sum)
{
    struct go_waitgroup wg = { 0 };
    long part[10];

    if (leaves == 1) {
        *sum = work(first);
        return;
    }
    for (long i = 0; i < 10; i++)
        go_waitgroup_go(&wg, busy_node, first + i * leaves / 10, leaves / 10,
                        &part[i]);
    go_waitgroup_wait(&wg);
    *sum = 0;
    for (int i = 0; i < 10; i++)
        *sum += part[i];
}

static void
work10k(long n)
{
    for (long i = 0; i < n; i++) {
        long sum = 0;

        busy_node(0, 10000, &sum);
        require(sum == 5000);
    }
}

// ---- Pairs -----------------------------------------------------------------

static struct go_waitgroup ball[100][2];

static void
plays(long pair, long me, long n)
{
    for (long i = 0; i < n; i++) {
        go_waitgroup_wait(&ball[pair][me]);
        go_waitgroup_add(&ball[pair][me], 1);
        go_waitgroup_done(&ball[pair][!me]);
    }
}

static void
pairs100(long n)
{
    struct go_waitgroup all = { 0 };

    for (long i = 0; i < 100; i++) {
        ball[i][0] = ball[i][1] = (struct go_waitgroup){ 0 };
        go_waitgroup_add(&ball[i][1], 1);
        go_waitgroup_go(&all, plays, i, 0, n);
        go_waitgroup_go(&all, plays, i, 1, n);
    }
    go_waitgroup_wait(&all);
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    bench_in("ms", 1e3, us, "tree1M", tree1M, 1);
    bench_in("ms", 1e3, us, "fib30", fib30, 1);
    bench_in("ms", 1e3, us, "work10k", work10k, 1);
    bench(us, "pairs100", pairs100, 200);
    return 0;
}

int
main(int argc, char **argv)
{
    bench_begin(argc, argv);
    if (argc > 2)
        us = argv[2];
    return go_run(go_main, argc, argv);
}
