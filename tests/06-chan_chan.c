/** @file 06-chan_chan.c  Channels: values, waiting, order, the end.
 *
 * One scenario a process: 06-chan_chan NAME. CHECK_SHARE says how many percent
 * of the work to do, on machines that are slow.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "goroutine.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); \
    fflush(stdout); _exit(1); } } while (0)

static int
share(int n)
{
    const char *percent = getenv("CHECK_SHARE");

    n = percent != NULL ? n * atoi(percent) / 100 : n;
    return n < 1 ? 1 : n;
}

// Let all others run until each waits, or has ended. (One p.)
static void
settle(void)
{
    go_gomaxprocs(1);
    for (int i = 0; i < 5; i++)
        go_gosched();
}

static const int caps[] = { 0, 1, 2, 10, 100 };
enum { CAPS = sizeof(caps) / sizeof(caps[0]) };

// ---- Types -----------------------------------------------------------------

struct three { char c[3]; };
struct big { long a[40]; };

// The smallest and the largest that there are arrive, and nothing beside them
// is touched.
#define ARRIVES(T, ...) do {                                                  \
    T arrives_v = __VA_ARGS__;                                                \
    for (int k = 0; k < CAPS; k++) {                                          \
        go_chan(T) arrives_c = go_make_chan(T, caps[k] + 1);                  \
        struct { char a[16]; T v; char b[16]; } got;                          \
        memset(&got, 0x5a, sizeof(got));                                      \
        for (int i = 0; i < 5; i++) {                                         \
            go_send(arrives_c, arrives_v);                                    \
            REQUIRE(go_recv_ok(arrives_c, &got.v));                           \
            REQUIRE(memcmp(&got.v, &arrives_v, sizeof(arrives_v)) == 0);      \
            for (int b = 0; b < 16; b++)                                      \
                REQUIRE(got.a[b] == 0x5a && got.b[b] == 0x5a);                \
        }                                                                     \
        go_free_chan(arrives_c);                                              \
    }                                                                         \
} while (0)

static int
types(void)
{
    ARRIVES(char, 'x');
    ARRIVES(short, -2);
    ARRIVES(int, -3);
    ARRIVES(long, -4);
    ARRIVES(float, 1.5f);
    ARRIVES(double, -2.5);
    ARRIVES(bool, true);
    ARRIVES(__int128, -7);
    ARRIVES(const char *, "text");
    ARRIVES(struct three, { "ab" });
    ARRIVES(struct big, { { 1, 2, 3 } });
    ARRIVES(struct go_unit, { });
    return 0;
}

typedef int (*adder)(int, int);

static int
add(int a, int b)
{
    return a + b;
}

struct node { go_chan(struct node *) back; int n; };

static void
answers(go_chan(struct node *) in)
{
    struct node *node = go_recv(in);

    node->n++;
    go_send(node->back, node);
}

static int
odd_types(void)
{
    go_chan(adder) fns = go_make_chan(adder, 1);
    go_chan(const int) constants = go_make_chan(const int, 1);
    go_chan(go_chan(int)) chans = go_make_chan(go_chan(int), 1);
    go_chan(int) ints = go_make_chan(int, 1);
    go_chan(struct node *) nodes = go_make_chan(struct node *, 0);
    struct node node = { go_make_chan(struct node *, 0), 1 };
    int n;

    go_send(fns, add);
    REQUIRE(go_recv(fns)(2, 3) == 5);
    go_send(constants, 7);
    REQUIRE(go_recv_ok(constants, &n) && n == 7);
    go_send(chans, ints);
    go_send(ints, 8);
    REQUIRE(go_recv(go_recv(chans)) == 8);
    go(answers, nodes);
    go_send(nodes, &node);
    REQUIRE(go_recv(node.back)->n == 2);
    return 0;
}

// ---- T11: every way to send meets every way to receive ---------------------

enum { WAYS = 3 };

static bool
send_by(int way, go_chan(int) ch, int v)
{
    switch (way) {
    case 0: go_send(ch, v); return true;
    case 1: return go_select(go_case_send(ch, v)) == 0;
    default:
        while (!go_try_send(ch, v))
            go_gosched();
        return true;
    }
}

static int
recv_by(int way, go_chan(int) ch)
{
    int v = -1;

    switch (way) {
    case 0: return go_recv(ch);
    case 1: go_select(go_case_recv(ch, &v)); return v;
    default:
        while (!go_try_recv(ch, &v))
            go_gosched();
        return v;
    }
}

static void
sends_by(int way, go_chan(int) ch, int n)
{
    for (int i = 0; i < n; i++)
        REQUIRE(send_by(way, ch, i));
}

static int
all_pairs(void)
{
    const int n = share(300);

    for (int k = 0; k < CAPS; k++)
        for (int s = 0; s < WAYS; s++)
            for (int r = 0; r < WAYS; r++) {
                go_chan(int) ch = go_make_chan(int, caps[k]);
                struct go_waitgroup wg = {0};

                // Two that only try never meet without a place for the value.
                if (caps[k] == 0 && s == 2 && r == 2)
                    continue;
                go_waitgroup_go(&wg, sends_by, s, ch, n);
                for (int i = 0; i < n; i++)
                    REQUIRE(recv_by(r, ch) == i);
                go_waitgroup_wait(&wg);
                go_free_chan(ch);
            }
    return 0;
}

static void
sends_units(go_chan(struct go_unit) ch, int n)
{
    for (int i = 0; i < n; i++)
        go_send(ch, GO_UNIT);
    go_close(ch);
}

static int
zero_size(void)
{
    for (int k = 0; k < CAPS; k++) {
        go_chan(struct go_unit) ch = go_make_chan(struct go_unit, caps[k]);
        struct go_unit unit;
        int n = 0;

        go(sends_units, ch, 1000);
        while (go_recv_ok(ch, &unit))
            n++;
        REQUIRE(n == 1000);
    }

    // No memory for a ring of a million million.
    go_chan(struct go_unit) wide = go_make_chan(struct go_unit, 1000000000000);

    go_send(wide, GO_UNIT);
    REQUIRE(go_len(wide) == 1 && go_cap(wide) == 1000000000000);
    return 0;
}

// ---- T02: first in, first out ----------------------------------------------

static void
hands_on(go_chan(int) left, go_chan(int) right, int i)
{
    REQUIRE(go_recv(left) == i);
    go_send(right, i);
}

static int
fifo(void)
{
    const int n = 10;
    go_chan(int) ch = go_make_chan(int, n);

    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < n; i++)
            go_send(ch, i);
        for (int i = 0; i < n; i++)
            REQUIRE(go_recv(ch) == i);
    }

    // A daisy chain without places.
    go_chan(int) values = go_make_chan(int, 0);
    go_chan(int) in = go_make_chan(int, 0);
    go_chan(int) first = in;

    (void)values;
    for (int i = 0; i < n; i++) {
        go_chan(int) out = go_make_chan(int, 0);

        go(hands_on, in, out, 7);
        in = out;
    }
    go_send(first, 7);
    REQUIRE(go_recv(in) == 7);
    return 0;
}

static void
sends_one(go_chan(int) ch, int v)
{
    go_send(ch, v);
}

static void
receives_one(go_chan(int) ch, go_chan(int) order, int who)
{
    int v = go_recv(ch);

    go_send(order, who * 100 + v);
}

// Those who wait are served in the order of their coming. (They come one after
// the other: of several that are started, the last may run first.)
static int
waiters_in_order(void)
{
    enum { N = 20 };

    for (int k = 0; k < 3; k++) {
        go_chan(int) ch = go_make_chan(int, caps[k]);
        go_chan(int) order = go_make_chan(int, N);

        go_gomaxprocs(1);
        for (int i = 0; i < N; i++) {
            go(sends_one, ch, i);
            settle();
        }
        for (int i = 0; i < N; i++)
            REQUIRE(go_recv(ch) == i);
        for (int i = 0; i < N; i++) {
            go(receives_one, ch, order, i);
            settle();
        }
        for (int i = 0; i < N; i++) {
            go_send(ch, i);
            settle();
        }
        for (int i = 0; i < N; i++)
            REQUIRE(go_recv(order) == i * 101);
    }
    return 0;
}

// ---- T03: a chain of 10,000 ------------------------------------------------

static void
adds_one(go_chan(int) left, go_chan(int) right)
{
    go_send(left, 1 + go_recv(right));
}

static int
chain(void)
{
    go_chan(int) leftmost = go_make_chan(int, 0);
    go_chan(int) left = leftmost, right = leftmost;
    const int n = share(10000);

    for (int i = 0; i < n; i++) {
        right = go_make_chan(int, 0);
        go(adds_one, left, right);
        left = right;
    }
    go(sends_one, right, 0);
    REQUIRE(go_recv(leftmost) == n);
    return 0;
}

// ---- T04: without waiting --------------------------------------------------

static void
receives_once(go_chan(int) ch, go_chan(bool) done, int want)
{
    REQUIRE(go_recv(ch) == want);
    go_send(done, true);
}

static int
nonblock(void)
{
    go_chan(bool) done = go_make_chan(bool, 0);

    for (int k = 0; k < 2; k++) {
        go_chan(int) ch = go_make_chan(int, k);
        int v = 77;

        REQUIRE(!go_try_recv(ch, &v) && v == 77);
        if (k == 0)
            REQUIRE(!go_try_send(ch, 1));

        // A receiver that really waits.
        go(receives_once, ch, done, 123);
        while (!go_try_send(ch, 123))
            go_gosched();
        (void)go_recv(done);

        // A sender that really waits.
        go(sends_one, ch, 234);
        while (!go_try_recv(ch, &v))
            go_gosched();
        REQUIRE(v == 234);
        if (k == 1) {
            REQUIRE(go_try_send(ch, 5) && !go_try_send(ch, 6));
            REQUIRE(go_try_recv(ch, &v) && v == 5 && !go_try_recv(ch, &v));
        }
        go_close(ch);
        v = 77;
        REQUIRE(!go_try_recv(ch, &v) && v == 0);
    }

    go_chan(int) nil = NULL;
    int v = 77;

    REQUIRE(!go_try_send(nil, 1) && !go_try_recv(nil, &v) && v == 77);
    return 0;
}

// ---- T12: len and cap ------------------------------------------------------

static int
len_and_cap(void)
{
    go_chan(int) nil = NULL;

    REQUIRE(go_len(nil) == 0 && go_cap(nil) == 0);
    go_free_chan(nil);
    for (int k = 0; k < CAPS; k++) {
        go_chan(int) ch = go_make_chan(int, caps[k]);

        REQUIRE(go_cap(ch) == (size_t)caps[k] && go_len(ch) == 0);
        for (int i = 0; i < caps[k]; i++) {
            go_send(ch, i);
            REQUIRE(go_len(ch) == (size_t)i + 1);
        }
        go_close(ch);
        for (int i = caps[k]; i > 0; i--) {
            (void)go_recv(ch);
            REQUIRE(go_len(ch) == (size_t)i - 1);
        }
        go_free_chan(ch);
    }

    // Any integer type.
    REQUIRE(go_cap(go_make_chan(int, (unsigned char)200)) == 200);
    REQUIRE(go_cap(go_make_chan(int, 3ULL)) == 3);
    REQUIRE(go_cap(go_make_chan(int, (short)4)) == 4);
    return 0;
}

// A sender that waits is not counted, and its value takes its place in the
// ring when there is room.
static int
full_ring(void)
{
    go_chan(int) ch = go_make_chan(int, 2);

    go_gomaxprocs(1);
    go_send(ch, 0);
    go_send(ch, 1);
    go(sends_one, ch, 2);
    settle();
    go(sends_one, ch, 3);
    settle();
    REQUIRE(go_len(ch) == 2);
    REQUIRE(go_recv(ch) == 0);
    REQUIRE(go_len(ch) == 2);
    REQUIRE(go_recv(ch) == 1 && go_recv(ch) == 2 && go_recv(ch) == 3);
    REQUIRE(go_len(ch) == 0);
    return 0;
}

// ---- T14: the end ----------------------------------------------------------

static void
waits_for_end(go_chan(int) ch, struct go_waitgroup *ready)
{
    int v = 99;

    go_waitgroup_done(ready);
    REQUIRE(!go_recv_ok(ch, &v));
    REQUIRE(v == 0);
}

static int
closed(void)
{
    for (int k = 0; k < CAPS; k++) {
        go_chan(int) ch = go_make_chan(int, caps[k]);
        int v = 99;
        bool ok = true;

        for (int i = 0; i < caps[k]; i++)
            go_send(ch, i + 1);
        go_close(ch);
        for (int i = 0; i < caps[k]; i++) {
            REQUIRE(go_recv_ok(ch, &v) && v == i + 1);
            v = 99;
        }
        REQUIRE(!go_recv_ok(ch, &v) && v == 0);
        REQUIRE(go_recv(ch) == 0);
        v = 99;
        REQUIRE(go_select(go_case_recv_ok(ch, &v, &ok)) == 0);
        REQUIRE(v == 0 && !ok);
        v = 99;
        REQUIRE(go_select(go_case_default, go_case_recv(ch, &v)) == 1);
        REQUIRE(v == 0);
        go_free_chan(ch);
    }

    // Of each size, what was there before becomes zero.
    go_chan(struct big) bigs = go_make_chan(struct big, 0);
    struct big big;

    memset(&big, 1, sizeof(big));
    go_close(bigs);
    REQUIRE(!go_recv_ok(bigs, &big) && big.a[0] == 0 && big.a[39] == 0);

    // All who wait go on.
    go_chan(int) ch = go_make_chan(int, 0);
    struct go_waitgroup wg = {0}, ready = {0};
    const int n = share(1000);

    go_waitgroup_add(&ready, n);
    for (int i = 0; i < n; i++)
        go_waitgroup_go(&wg, waits_for_end, ch, &ready);
    go_waitgroup_wait(&ready);
    go_gosched();
    go_close(ch);
    go_waitgroup_wait(&wg);
    go_free_chan(ch);
    return 0;
}

static int calls;

static go_chan(int)
called(go_chan(int) ch)
{
    calls++;
    return ch;
}

static void
counts(go_chan(int) ch, int n)
{
    for (int i = 0; i < n; i++)
        go_send(ch, i);
    go_close(ch);
}

static int
ranges(void)
{
    int sum = 0, seen = 0;
    go_chan(int) ch = go_make_chan(int, 3);

    go(counts, ch, 100);
    go_range(v, called(ch)) {
        if (v == 10)
            continue;
        sum += v;
    }
    REQUIRE(calls == 1 && sum == 99 * 100 / 2 - 10);
    go_range(v, ch)
        seen += v + 1;
    REQUIRE(seen == 0);

    // break leaves the rest.
    ch = go_make_chan(int, 3);
    go(counts, ch, 10);
    go_range(v, ch)
        if (v == 4)
            break;
    REQUIRE(go_recv(ch) == 5);
    go_range(v, ch)
        seen++;
    REQUIRE(seen == 4);

    // A loop in a loop, and as a branch without braces.
    go_chan(int) outer = go_make_chan(int, 0);

    go(counts, outer, 3);
    seen = 0;
    if (outer != NULL)
        go_range(v, outer) {
            go_chan(int) inner = go_make_chan(int, 0);

            go(counts, inner, v);
            go_range(w, inner)
                seen += w >= 0;
        }
    else
        seen = -1;
    REQUIRE(seen == 3);
    return 0;
}

// ---- T19: much of everything -----------------------------------------------

static void
sends_upto(go_chan(int) ch, int n)
{
    for (int i = 0; i < n; i++)
        go_send(ch, i);
}

// Four senders, one receiver: of each value four.
static int
many_senders(void)
{
    const int n = share(2000);
    int *count = calloc((size_t)n, sizeof(int));

    for (int k = 0; k < CAPS; k++) {
        go_chan(int) ch = go_make_chan(int, caps[k]);

        memset(count, 0, (size_t)n * sizeof(int));
        for (int i = 0; i < 4; i++)
            go(sends_upto, ch, n);
        for (int i = 0; i < 4 * n; i++) {
            int v = go_recv(ch);

            REQUIRE(v >= 0 && v < n);
            REQUIRE(++count[v] <= 4);
        }
        go_free_chan(ch);
    }
    free(count);
    return 0;
}

static void
sums(go_chan(int) ch, long *sum, long *n)
{
    go_range(v, ch) {
        *sum += v;
        ++*n;
    }
}

// T25: many senders, many receivers: all arrives, once.
static int
many_receivers(void)
{
    enum { R = 8, S = 5 };
    const int n = share(2000);

    for (int k = 0; k < CAPS; k++) {
        go_chan(int) ch = go_make_chan(int, caps[k]);
        struct go_waitgroup senders = {0}, receivers = {0};
        long sum[R] = {0}, count[R] = {0}, all = 0, total = 0;

        for (int i = 0; i < R; i++)
            go_waitgroup_go(&receivers, sums, ch, &sum[i], &count[i]);
        for (int i = 0; i < S; i++)
            go_waitgroup_go(&senders, sends_upto, ch, n);
        go_waitgroup_wait(&senders);
        go_close(ch);
        go_waitgroup_wait(&receivers);
        for (int i = 0; i < R; i++) {
            all += sum[i];
            total += count[i];
        }
        REQUIRE(total == (long)S * n);
        REQUIRE(all == (long)S * n * (n - 1) / 2);
        go_free_chan(ch);
    }
    return 0;
}

// ---- T20: a value that is ready is never missed ----------------------------

static void
closes(go_chan(int) ch)
{
    go_close(ch);
}

static int
nonblock_race(void)
{
    const int n = share(20000);

    for (int i = 0; i < n; i++) {
        go_chan(int) ch = go_make_chan(int, 1);
        int v;

        go_send(ch, 1);
        go(closes, ch);
        REQUIRE(go_try_recv(ch, &v) && v == 1);
        // It closes before it may be freed.
        REQUIRE(!go_recv_ok(ch, &v));
        go_free_chan(ch);
    }
    return 0;
}

// ---- T10: primes -----------------------------------------------------------

static void
numbers(go_chan(int) out)
{
    for (int i = 2;; i++)
        go_send(out, i);
}

static void
filter(go_chan(int) in, go_chan(int) out, int prime)
{
    go_range(v, in)
        if (v % prime != 0)
            go_send(out, v);
}

static int
sieve(void)
{
    static const int primes[] = {
        2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67,
        71, 73, 79, 83, 89, 97,
    };
    go_chan(int) ch = go_make_chan(int, 0);

    go(numbers, ch);
    for (unsigned i = 0; i < sizeof(primes) / sizeof(primes[0]); i++) {
        int prime = go_recv(ch);
        go_chan(int) next = go_make_chan(int, 0);

        REQUIRE(prime == primes[i]);
        go(filter, ch, next, prime);
        ch = next;
    }
    return 0;
}

// ---- What moves along ------------------------------------------------------

static void
breaks_errno(go_chan(int) in, go_chan(int) out)
{
    go_range(v, in) {
        errno = v;
        go_send(out, v);
        REQUIRE(errno == v);
    }
    go_close(out);
}

static int
errno_stays(void)
{
    go_chan(int) to = go_make_chan(int, 0), from = go_make_chan(int, 0);

    go(breaks_errno, to, from);
    for (int i = 1; i < share(2000); i++) {
        errno = -i;
        go_send(to, i);
        REQUIRE(errno == -i);
        REQUIRE(go_recv(from) == i);
        REQUIRE(errno == -i);
    }
    go_close(to);
    REQUIRE(!go_recv_ok(from, &(int){ 0 }));
    return 0;
}

// The receiver of the last value frees the channel, while its sender may still
// be about to return.
static void
frees(go_chan(int) ch, int n, go_chan(struct go_unit) done)
{
    for (int i = 0; i < n; i++)
        REQUIRE(go_recv(ch) == i);
    go_free_chan(ch);
    go_send(done, GO_UNIT);
}

static int
receiver_frees(void)
{
    go_chan(struct go_unit) done = go_make_chan(struct go_unit, 0);

    for (int i = 0; i < share(3000); i++) {
        go_chan(int) ch = go_make_chan(int, i % 3);

        go(frees, ch, 3, done);
        sends_upto(ch, 3);
        (void)go_recv(done);
    }
    return 0;
}

// GOMAXPROCS changes while values travel: one p needs no locks, two do.
static int
procs_change(void)
{
    const int n = share(5000);
    go_chan(int) ch = go_make_chan(int, 3);
    struct go_waitgroup wg = {0}, receivers = {0};
    long sum[4] = {0}, count[4] = {0}, all = 0;

    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&receivers, sums, ch, &sum[i], &count[i]);
    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, sends_upto, ch, n);
    for (int i = 0; i < 20; i++) {
        go_gomaxprocs(1 + i % 3);
        go_gosched();
    }
    go_waitgroup_wait(&wg);
    go_close(ch);
    go_waitgroup_wait(&receivers);
    for (int i = 0; i < 4; i++)
        all += sum[i];
    REQUIRE(all == 4L * n * (n - 1) / 2);
    return 0;
}

static void
sends_and_yields(go_chan(int) ch, int *sent)
{
    for (int i = 0; i < 3; i++) {
        go_send(ch, i);
        ++*sent;
        go_gosched();
    }
}

// More senders wait than a run queue has room for, and all are woken: some go on
// from the global queue, after somebody who yields. Each knows that its value
// was taken.
static int
woken_into_the_global_queue(void)
{
    enum { SENDERS = 700 };
    go_chan(int) ch = go_make_chan(int, 0);
    struct go_waitgroup wg = {0};
    int sent[SENDERS] = {0};

    for (int i = 0; i < SENDERS; i++)
        go_waitgroup_go(&wg, sends_and_yields, ch, &sent[i]);
    go_gosched();
    for (int i = 0; i < 3 * SENDERS; i++)
        (void)go_recv(ch);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < SENDERS; i++)
        REQUIRE(sent[i] == 3);
    return 0;
}

// What channels are without goroutines that wait: no memory is left behind.
static int
memory(void)
{
    for (int i = 0; i < share(100000); i++) {
        go_chan(int) ch = go_make_chan(int, i % 5);

        if (i % 5 > 0)
            go_send(ch, i);
        if (i % 2 == 0)
            go_close(ch);
        go_free_chan(ch);
    }
    return 0;
}

static const struct {
    const char *name;
    int (*fn)(void);
} scenarios[] = {
    { "types", types },
    { "odd-types", odd_types },
    { "all-pairs", all_pairs },
    { "zero-size", zero_size },
    { "fifo", fifo },
    { "waiters-in-order", waiters_in_order },
    { "chain", chain },
    { "nonblock", nonblock },
    { "len-and-cap", len_and_cap },
    { "full-ring", full_ring },
    { "closed", closed },
    { "ranges", ranges },
    { "many-senders", many_senders },
    { "many-receivers", many_receivers },
    { "nonblock-race", nonblock_race },
    { "sieve", sieve },
    { "errno-stays", errno_stays },
    { "receiver-frees", receiver_frees },
    { "procs-change", procs_change },
    { "woken-into-the-global-queue", woken_into_the_global_queue },
    { "memory", memory },
};

static int
go_main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "06-chan_chan: which scenario?\n");
    return 2;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
