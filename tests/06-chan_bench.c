/** @file 06-chan_bench.c  What channels cost.
 *
 * chan_pingpong      two goroutines, two channels without room, ns a round trip
 * chan_capN_1x1      one sender, one receiver, capacity N, ns a value
 * chan_capN_4x4      four of each
 * chan_apart         two senders, each with a receiver and a channel of its own,
 *                    ns a value
 * chan_uncont        one goroutine sends and receives, ns for both
 * select_readyN      N cases, all can be done, and the value is put back, ns
 * select_defaultN    N cases of which none can be done, and a default
 * select_syncN       N channels without room, and a partner who sends to them
 *                    in turn
 * close10k           close, with 10,000 who wait, until all have ended, ns each
 * sieve2000          2,000 primes, by a chain of filters, ms
 * ring503            1,000,000 hops in a ring of 503, ms
 * fib_chan25         fib(25), a goroutine and a channel for each call, ms
 *
 * Procs: 1 2
 */
#include "bench.h"
#include "goroutine.h"

static const char *us = "libgoroutine";

// ---- One value after the other ---------------------------------------------

static void
echoes(go_chan(long) in, go_chan(long) out)
{
    go_range(v, in)
        go_send(out, v);
}

static void
pingpong(long n)
{
    go_chan(long) to = go_make_chan(long, 0), from = go_make_chan(long, 0);

    go(echoes, to, from);
    for (long i = 0; i < n; i++) {
        go_send(to, i);
        (void)go_recv(from);
    }
    go_close(to);
}

static void
sends(go_chan(long) ch, long n)
{
    for (long i = 0; i < n; i++)
        go_send(ch, i);
}

static void
receives(go_chan(long) ch, long n)
{
    for (long i = 0; i < n; i++)
        (void)go_recv(ch);
}

static void
pass(long n, int capacity, int pairs)
{
    go_chan(long) ch = go_make_chan(long, capacity);
    struct go_waitgroup wg = {0};

    for (int i = 0; i < pairs; i++) {
        go_waitgroup_go(&wg, sends, ch, n / pairs + 1);
        go_waitgroup_go(&wg, receives, ch, n / pairs + 1);
    }
    go_waitgroup_wait(&wg);
    go_free_chan(ch);
}

static void
apart(long n)
{
    go_chan(long) ch[2];
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 2; i++) {
        ch[i] = go_make_chan(long, 10);
        go_waitgroup_go(&wg, sends, ch[i], n / 2 + 1);
        go_waitgroup_go(&wg, receives, ch[i], n / 2 + 1);
    }
    go_waitgroup_wait(&wg);
    for (int i = 0; i < 2; i++)
        go_free_chan(ch[i]);
}

#define PASS(capacity)                                                        \
    static void pass1x1_##capacity(long n) { pass(n, capacity, 1); }          \
    static void pass4x4_##capacity(long n) { pass(n, capacity, 4); }
PASS(0) PASS(1) PASS(10) PASS(100) PASS(1000)

static void
uncontended(long n)
{
    go_chan(long) ch = go_make_chan(long, 8);

    for (long i = 0; i < n; i++) {
        go_send(ch, i);
        (void)go_recv(ch);
    }
    go_free_chan(ch);
}

// ---- Select ----------------------------------------------------------------

enum { MOST = 32 };

static go_chan(long) chans[MOST];
static long values[MOST];

static void
make_chans(int count, int capacity)
{
    for (int i = 0; i < count; i++)
        chans[i] = go_make_chan(long, capacity);
}

#define R(i)    go_case_recv(chans[i], &values[i])
#define R8(i)   R(i), R(i + 1), R(i + 2), R(i + 3), R(i + 4), R(i + 5),       \
                R(i + 6), R(i + 7)
#define R2_     R(0), R(1)
#define R8_     R8(0)
#define R32_    R8(0), R8(8), R8(16), R8(24)

static void
syncs(int count, long n)
{
    for (long i = 0; i < n; i++)
        go_send(chans[i % count], i);
}

#define SELECT(count)                                                         \
    static void select_ready##count(long n)                                   \
    {                                                                         \
        make_chans(count, 1);                                                 \
        for (int i = 0; i < count; i++)                                       \
            go_send(chans[i], i);                                             \
        for (long i = 0; i < n; i++) {                                        \
            int k = go_select(R##count##_);                                   \
                                                                              \
            go_send(chans[k], values[k]);                                     \
        }                                                                     \
    }                                                                         \
    static void select_default##count(long n)                                 \
    {                                                                         \
        make_chans(count, 1);                                                 \
        for (long i = 0; i < n; i++)                                          \
            go_select(R##count##_, go_case_default);                          \
    }                                                                         \
    static void select_sync##count(long n)                                    \
    {                                                                         \
        make_chans(count, 0);                                                 \
        go(syncs, count, n);                                                  \
        for (long i = 0; i < n; i++)                                          \
            go_select(R##count##_);                                           \
    }
SELECT(2) SELECT(8) SELECT(32)

// ---- Many who wait ---------------------------------------------------------

static void
waits(go_chan(long) ch, struct go_waitgroup *started)
{
    go_waitgroup_done(started);
    (void)go_recv(ch);
}

static void
close10k(void)
{
    enum { N = 10000 };

    if (!bench_wants("close10k"))
        return;
    for (int round = 0; round < 6; round++) {
        go_chan(long) ch = go_make_chan(long, 0);
        struct go_waitgroup started = {0}, all = {0};

        go_waitgroup_add(&started, N);
        for (int i = 0; i < N; i++)
            go_waitgroup_go(&all, waits, ch, &started);
        go_waitgroup_wait(&started);
        go_gosched();

        const double start = bench_seconds();

        go_close(ch);
        go_waitgroup_wait(&all);
        if (round > 0)
            bench_result(us, "close10k", "ns",
                         (bench_seconds() - start) / N * 1e9);
    }
}

// ---- Programs --------------------------------------------------------------

static void
numbers(go_chan(long) out)
{
    for (long i = 2;; i++)
        go_send(out, i);
}

static void
filters(go_chan(long) in, go_chan(long) out, long prime)
{
    go_range(v, in)
        if (v % prime != 0)
            go_send(out, v);
}

static void
sieve(void)
{
    go_chan(long) ch = go_make_chan(long, 0);
    long prime = 0;

    if (!bench_wants("sieve2000"))
        return;

    const double start = bench_seconds();

    go(numbers, ch);
    for (int i = 0; i < 2000; i++) {
        go_chan(long) next = go_make_chan(long, 0);

        prime = go_recv(ch);
        go(filters, ch, next, prime);
        ch = next;
    }
    if (prime != 17389)
        abort();
    bench_result(us, "sieve2000", "ms", (bench_seconds() - start) * 1e3);
}

static void
hops(go_chan(long) in, go_chan(long) out, go_chan(long) done)
{
    go_range(v, in) {
        if (v == 0)
            go_send(done, v);
        else
            go_send(out, v - 1);
    }
}

static void
ring(void)
{
    enum { N = 503, HOPS = 1000000 };
    go_chan(long) first = go_make_chan(long, 0), in = first;
    go_chan(long) done = go_make_chan(long, 0);

    if (!bench_wants("ring503"))
        return;
    for (int i = 1; i <= N; i++) {
        go_chan(long) out = i == N ? first : go_make_chan(long, 0);

        go(hops, in, out, done);
        in = out;
    }
    for (int round = 0; round < 3; round++) {
        const double start = bench_seconds();

        go_send(first, HOPS);
        (void)go_recv(done);
        bench_result(us, "ring503", "ms", (bench_seconds() - start) * 1e3);
    }
}

static long fib(long n);

static void
fib_to(long n, go_chan(long) ch)
{
    go_send(ch, fib(n));
}

static long
fib(long n)
{
    if (n < 2)
        return n;

    go_chan(long) ch = go_make_chan(long, 0);

    go(fib_to, n - 1, ch);

    long sum = fib(n - 2);

    sum += go_recv(ch);
    go_free_chan(ch);
    return sum;
}

static void
fib_chan(void)
{
    if (!bench_wants("fib_chan25"))
        return;
    for (int round = 0; round < 3; round++) {
        const double start = bench_seconds();

        if (fib(25) != 75025)
            abort();
        bench_result(us, "fib_chan25", "ms", (bench_seconds() - start) * 1e3);
    }
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    bench(us, "chan_pingpong", pingpong, 1);
    bench(us, "chan_cap0_1x1", pass1x1_0, 1);
    bench(us, "chan_cap1_1x1", pass1x1_1, 1);
    bench(us, "chan_cap10_1x1", pass1x1_10, 1);
    bench(us, "chan_cap100_1x1", pass1x1_100, 1);
    bench(us, "chan_cap1000_1x1", pass1x1_1000, 1);
    bench(us, "chan_cap0_4x4", pass4x4_0, 1);
    bench(us, "chan_cap1_4x4", pass4x4_1, 1);
    bench(us, "chan_cap10_4x4", pass4x4_10, 1);
    bench(us, "chan_cap100_4x4", pass4x4_100, 1);
    bench(us, "chan_cap1000_4x4", pass4x4_1000, 1);
    bench(us, "chan_apart", apart, 1);
    bench(us, "chan_uncont", uncontended, 1);
    bench(us, "select_ready2", select_ready2, 1);
    bench(us, "select_ready8", select_ready8, 1);
    bench(us, "select_ready32", select_ready32, 1);
    bench(us, "select_default2", select_default2, 1);
    bench(us, "select_default8", select_default8, 1);
    bench(us, "select_default32", select_default32, 1);
    bench(us, "select_sync2", select_sync2, 1);
    bench(us, "select_sync8", select_sync8, 1);
    bench(us, "select_sync32", select_sync32, 1);
    close10k();
    sieve();
    ring();
    fib_chan();
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
