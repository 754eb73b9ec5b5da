/** @file 06-chan_select.c  Select: which case, when, and how often.
 *
 * One scenario a process: 06-chan_select NAME. CHECK_SHARE says how many
 * percent of the work to do, on machines that are slow.
 */
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

static void
settle(void)
{
    go_gomaxprocs(1);
    for (int i = 0; i < 5; i++)
        go_gosched();
}

static void
sends_one(go_chan(int) ch, int v)
{
    go_send(ch, v);
}

// ---- T01: no value is delivered twice --------------------------------------

static void
sends_by_four(go_chan(int) a, go_chan(int) b, go_chan(int) c, go_chan(int) d,
              int n, go_chan(bool) done)
{
    for (int i = 0; i < n; i++) {
        int k = go_select(go_case_send(a, i), go_case_send(b, i),
                          go_case_send(c, i), go_case_send(d, i));

        REQUIRE(k >= 0 && k < 4);
    }
    go_close(a);
    go_close(b);
    go_close(c);
    go_close(d);
    go_send(done, true);
}

static void
passes(go_chan(int) in, go_chan(int) out, struct go_waitgroup *wg)
{
    go_range(v, in)
        go_send(out, v);
    go_waitgroup_done(wg);
}

static void
closes_after(struct go_waitgroup *wg, go_chan(int) ch)
{
    go_waitgroup_wait(wg);
    go_close(ch);
}

static int
double_select(void)
{
    const int n = share(20000);
    struct go_waitgroup wg = {0};
    go_chan(int) ch[4], out = go_make_chan(int, 0);
    go_chan(bool) done = go_make_chan(bool, 0);
    char *seen = calloc((size_t)n, 1);

    go_waitgroup_add(&wg, 4);
    for (int i = 0; i < 4; i++) {
        ch[i] = go_make_chan(int, 0);
        go(passes, ch[i], out, &wg);
    }
    go(sends_by_four, ch[0], ch[1], ch[2], ch[3], n, done);
    go(closes_after, &wg, out);
    go_range(v, out)
        REQUIRE(!seen[v]++);
    (void)go_recv(done);
    for (int i = 0; i < n; i++)
        REQUIRE(seen[i]);
    free(seen);
    return 0;
}

// ---- T06, T17: a million selects take no memory ----------------------------

static void
sends_by_select(go_chan(int) ch, go_chan(int) dummy, int n)
{
    for (int i = 0; i < n; i++)
        go_select(go_case_send(ch, i), go_case_recv(dummy, NULL));
}

static long
memory(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long total, resident = 0;

    if (file != NULL && fscanf(file, "%ld %ld", &total, &resident) != 2)
        resident = 0;
    if (file != NULL)
        fclose(file);
    return resident * 4096;
}

static int
no_growth(void)
{
    const int n = share(200000);
    go_chan(int) ch = go_make_chan(int, 0), dummy = go_make_chan(int, 0);
    long before = 0;

    for (int round = 0; round < 2; round++) {
        go(sends_by_select, ch, dummy, n);
        for (int i = 0; i < n; i++) {
            int v;

            go_select(go_case_recv(ch, &v), go_case_recv(dummy, NULL));
            REQUIRE(v == i);
        }
        if (round == 0)
            before = memory();
    }
    // A sanitizer keeps what was freed, and a trace what has happened.
    if (getenv("CHECK_RSS") != NULL)
        REQUIRE(memory() - before < 1 << 20);
    return 0;
}

// ---- T07: what waits, and what does not ------------------------------------

enum { NIL, CLOSED, EMPTY0, EMPTY1, FULL1, KINDS };

static go_chan(int)
of_kind(int kind)
{
    go_chan(int) ch = NULL;

    if (kind != NIL)
        ch = go_make_chan(int, kind == EMPTY1 || kind == FULL1);
    if (kind == CLOSED)
        go_close(ch);
    if (kind == FULL1)
        go_send(ch, 1);
    return ch;
}

static int
blocking_table(void)
{
    for (int k = 0; k < KINDS; k++) {
        const bool receives = k == CLOSED || k == FULL1;
        const bool sends = k == EMPTY1;
        int v;

        REQUIRE(go_select(go_case_recv(of_kind(k), &v), go_case_default) ==
                (receives ? 0 : 1));
        if (k != CLOSED)
            REQUIRE(go_select(go_case_send(of_kind(k), 5), go_case_default) ==
                    (sends ? 0 : 1));
    }

    // A nil channel is never chosen, whatever else there is.
    go_chan(int) nil = NULL, one = of_kind(FULL1);

    for (int i = 0; i < 100; i++) {
        REQUIRE(go_select(go_case_send(nil, 1), go_case_recv(one, NULL),
                          go_case_recv(nil, NULL)) == 1);
        go_send(one, i);
    }
    return 0;
}

// ---- T08: everything is evaluated, once, in order --------------------------

static char trace[32];

static void
note(char mark)
{
    trace[strlen(trace)] = mark;
}

static go_chan(int)
chan_at(char mark, go_chan(int) ch)
{
    note(mark);
    return ch;
}

static int
value_at(char mark, int v)
{
    note(mark);
    return v;
}

static int *
place_at(char mark, int *p)
{
    note(mark);
    return p;
}

static int
evaluation(void)
{
    go_chan(int) none = go_make_chan(int, 0), one = go_make_chan(int, 1);
    int x;

    REQUIRE(go_select(go_case_send(chan_at('a', none), value_at('b', 1)),
                      go_case_recv(chan_at('c', none), place_at('d', &x)),
                      go_case_send(chan_at('e', one), value_at('f', 2)),
                      go_case_send(chan_at('g', NULL), value_at('h', 3)),
                      go_case_default) == 2);
    REQUIRE(strcmp(trace, "abcdefgh") == 0);
    memset(trace, 0, sizeof(trace));
    REQUIRE(go_recv(chan_at('a', one)) == 2);
    go_send(chan_at('b', one), value_at('c', 9));
    REQUIRE(go_recv_ok(chan_at('d', one), place_at('e', &x)) && x == 9);
    REQUIRE(go_try_send(chan_at('f', one), value_at('g', 9)));
    REQUIRE(go_len(chan_at('h', one)) == 1 && go_cap(chan_at('i', one)) == 1);
    REQUIRE(strcmp(trace, "abcdefghi") == 0);
    return 0;
}

// ---- T09: who loses is taken off in the middle of a list -------------------

static void
waits_for_two(go_chan(bool) c, go_chan(bool) never, go_chan(bool) done)
{
    go_select(go_case_recv(c, NULL), go_case_recv(never, NULL));
    go_send(done, true);
}

static void
waits_for_one(go_chan(bool) c, go_chan(bool) done)
{
    (void)go_recv(c);
    go_send(done, true);
}

static int
loser_leaves(void)
{
    go_chan(bool) c1 = go_make_chan(bool, 0), c2 = go_make_chan(bool, 0);
    go_chan(bool) c3 = go_make_chan(bool, 0), c4 = go_make_chan(bool, 0);
    go_chan(bool) done = go_make_chan(bool, 8);

    go_gomaxprocs(1);
    go(waits_for_one, c1, done);
    settle();
    go(waits_for_two, c2, c1, done);
    settle();
    go(waits_for_two, c3, c1, done);
    settle();
    go(waits_for_one, c1, done);
    settle();
    // c1 now has four: plain, select, select, plain.
    go_send(c2, true);
    settle();
    go_send(c3, true);
    settle();
    go_send(c1, true);
    go_send(c1, true);
    for (int i = 0; i < 4; i++)
        (void)go_recv(done);
    REQUIRE(!go_try_send(c1, true) && !go_try_send(c4, true));
    // Nobody waits any more: freeing says so.
    go_free_chan(c1);
    go_free_chan(c2);
    go_free_chan(c3);
    return 0;
}

// ---- T13: leaving is not slower with many ----------------------------------

static void
waits_for_both(go_chan(int) a, go_chan(int) b, struct go_waitgroup *wg)
{
    go_select(go_case_recv(a, NULL), go_case_recv(b, NULL));
    go_waitgroup_done(wg);
}

// All wait on `crowd`, each also on a channel of its own, and leave by that: if
// leaving meant a search, n = 20,000 would take minutes.
static int
linear(void)
{
    const int n = share(20000);
    go_chan(int) crowd = go_make_chan(int, 0);
    go_chan(int) *own = calloc((size_t)n, sizeof(*own));
    struct go_waitgroup wg = {0};

    go_waitgroup_add(&wg, n);
    for (int i = 0; i < n; i++) {
        own[i] = go_make_chan(int, 0);
        go(waits_for_both, crowd, own[i], &wg);
    }
    settle();
    for (int i = n; i-- > 0;)
        go_send(own[i], i);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < n; i++)
        go_free_chan(own[i]);
    go_free_chan(crowd);
    free(own);
    return 0;
}

// ---- T20: what is ready is never missed ------------------------------------

static void
must_find(go_chan(int) a, go_chan(int) b, go_chan(bool) found)
{
    int k = go_select(go_case_recv(a, NULL), go_case_recv(b, NULL),
                      go_case_default);

    go_send(found, k != 2);
}

// There is always something in one of the two.
static int
nonblock_race(void)
{
    go_chan(bool) found = go_make_chan(bool, 1);

    for (int i = 0; i < share(20000); i++) {
        go_chan(int) a = go_make_chan(int, 1), b = go_make_chan(int, 1);

        go_send(a, 1);
        go(must_find, a, b, found);
        go_send(b, 1);
        go_select(go_case_recv(a, NULL), go_case_default);
        REQUIRE(go_recv(found));
        go_free_chan(a);
        go_free_chan(b);
    }
    return 0;
}

static int
nonblock_race_close(void)
{
    go_chan(bool) found = go_make_chan(bool, 1);

    for (int i = 0; i < share(20000); i++) {
        go_chan(int) a = go_make_chan(int, 1), b = go_make_chan(int, 0);

        go_send(a, 1);
        go(must_find, a, b, found);
        go_close(b);
        go_select(go_case_recv(a, NULL), go_case_default);
        REQUIRE(go_recv(found));
        go_free_chan(a);
        go_free_chan(b);
    }
    return 0;
}

// ---- T21: nobody receives from itself --------------------------------------

static void
selects_itself(int me, go_chan(int) ch, int n, struct go_waitgroup *wg)
{
    for (int i = 0; i < n; i++) {
        int v = -1;

        if (me == 0 || i % 2 == 0) {
            switch (go_select(go_case_send(ch, me), go_case_recv(ch, &v))) {
            case 1: REQUIRE(v != me); break;
            default: break;
            }
        } else {
            switch (go_select(go_case_recv(ch, &v), go_case_send(ch, me))) {
            case 0: REQUIRE(v != me); break;
            default: break;
            }
        }
    }
    go_waitgroup_done(wg);
}

static void
drains(go_chan(int) ch, go_chan(int) stop)
{
    for (;;)
        if (go_select(go_case_recv(ch, NULL), go_case_send(ch, -2),
                      go_case_recv(stop, NULL)) == 2)
            return;
}

static int
self_select(void)
{
    // Without a place, or a goroutine could find its own value in the ring.
    go_chan(int) ch = go_make_chan(int, 0), stop = go_make_chan(int, 0);
    struct go_waitgroup wg = {0};

    go_waitgroup_add(&wg, 2);
    go(selects_itself, 0, ch, share(20000), &wg);
    go(selects_itself, 1, ch, share(20000), &wg);
    go(drains, ch, stop);
    go_waitgroup_wait(&wg);
    go_send(stop, 1);
    return 0;
}

// ---- T22: all at once ------------------------------------------------------

enum { STRESS = 4 };

struct stress {
    go_chan(int) c[STRESS];
    int n;
    struct go_waitgroup wg;
};

static void
stress_sends(struct stress *s, int k)
{
    for (int i = 0; i < s->n; i++)
        go_send(s->c[k], 0);
    go_waitgroup_done(&s->wg);
}

static void
stress_receives(struct stress *s, int k)
{
    for (int i = 0; i < s->n; i++)
        (void)go_recv(s->c[k]);
    go_waitgroup_done(&s->wg);
}

static void
stress_selects(struct stress *s, bool send)
{
    int left[STRESS], v;

    for (int k = 0; k < STRESS; k++)
        left[k] = s->n;
    for (int i = 0; i < STRESS * s->n; i++) {
        go_chan(int) ch[STRESS];

        for (int k = 0; k < STRESS; k++)
            ch[k] = left[k] > 0 ? s->c[k] : NULL;

        int k = send ? go_select(go_case_send(ch[0], 0), go_case_send(ch[1], 0),
                                 go_case_send(ch[2], 0), go_case_send(ch[3], 0))
                     : go_select(go_case_recv(ch[0], &v), go_case_recv(ch[1], &v),
                                 go_case_recv(ch[2], &v), go_case_recv(ch[3], &v));

        REQUIRE(left[k]-- > 0);
    }
    go_waitgroup_done(&s->wg);
}

static int
stress(void)
{
    static const int cap[STRESS] = { 0, 0, 2, 3 };
    struct stress s = { .n = share(5000) };

    for (int k = 0; k < STRESS; k++)
        s.c[k] = go_make_chan(int, cap[k]);
    go_waitgroup_add(&s.wg, 2 * STRESS + 2);
    for (int k = 0; k < STRESS; k++) {
        go(stress_sends, &s, k);
        go(stress_receives, &s, k);
    }
    go(stress_selects, &s, true);
    go(stress_selects, &s, false);
    go_waitgroup_wait(&s.wg);
    for (int k = 0; k < STRESS; k++) {
        REQUIRE(go_len(s.c[k]) == 0);
        go_free_chan(s.c[k]);
    }
    return 0;
}

// ---- T23, T24: each as likely as any other ---------------------------------

// Of n cases m can be done, those in `mask`.
static void
is_fair(int n, unsigned mask)
{
    enum { ROUNDS = 20000 };
    go_chan(int) ch[8];
    struct go_case cases[8];
    int count[8] = {0}, m = 0, v;

    for (int i = 0; i < n; i++) {
        ch[i] = go_make_chan(int, 1);
        cases[i] = go_case_recv(ch[i], &v);
        if (mask >> i & 1) {
            go_send(ch[i], i);
            m++;
        }
    }
    for (int i = 0; i < ROUNDS; i++) {
        int k = go_select_n(cases, (size_t)n);

        REQUIRE(v == k);
        count[k]++;
        go_send(ch[k], k);
    }
    // Six standard deviations: it fails once in 500 million times.
    for (int i = 0; i < n; i++) {
        const double mean = (double)ROUNDS / m;
        const double off = count[i] - mean;

        if (mask >> i & 1)
            REQUIRE(off * off <= 36 * mean);
        else
            REQUIRE(count[i] == 0);
        go_free_chan(ch[i]);
    }
}

static int
fairness(void)
{
    is_fair(2, 3);
    is_fair(4, 15);
    is_fair(8, 255);
    // Not as likely as the gap before it is wide.
    is_fair(8, 0x81);
    is_fair(8, 0x0b);
    is_fair(3, 6);
    return 0;
}

static void
sends_bits(go_chan(int) ch, int n)
{
    for (int i = 0; i < n; i++)
        go_select(go_case_send(ch, 0), go_case_send(ch, 1));
    go_close(ch);
}

// One channel twice: both are chosen.
static int
random_bits(void)
{
    for (int cap = 0; cap < 3; cap++) {
        go_chan(int) ch = go_make_chan(int, cap);
        int ones = 0;

        go(sends_bits, ch, 1000);
        go_range(v, ch)
            ones += v;
        REQUIRE(ones > 300 && ones < 700);
    }
    return 0;
}

// ---- T26: one channel in many cases ----------------------------------------

static int
duplicates(void)
{
    go_chan(int) ch = go_make_chan(int, 0), e = go_make_chan(int, 0);
    int v[5] = {0};

    go_gomaxprocs(1);
    go(sends_one, ch, 7);
    int k = go_select(go_case_recv(ch, &v[0]), go_case_recv(ch, &v[1]),
                      go_case_recv(e, &v[2]), go_case_recv(ch, &v[3]),
                      go_case_recv(ch, &v[4]));

    REQUIRE(k != 2 && v[k] == 7);
    for (int i = 0; i < 5; i++)
        REQUIRE(i == k || v[i] == 0);
    // Nothing of it is left on the list.
    REQUIRE(!go_try_send(ch, 1));
    go_free_chan(ch);
    go_free_chan(e);
    return 0;
}

// ---- How many cases --------------------------------------------------------

static int
how_many(void)
{
    enum { MOST = GO_CASES_MAX };
    static struct go_case cases[MOST];
    static int v;
    static const size_t numbers[] = { 1, 2, 15, 16, 17, 100, 1000, MOST };
    go_chan(int) idle = go_make_chan(int, 0);

    for (unsigned i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        const size_t n = numbers[i];
        const size_t at[] = { 0, n / 2, n - 1 };

        for (int k = 0; k < 3; k++) {
            go_chan(int) ch = go_make_chan(int, 0);

            for (size_t c = 0; c < n; c++)
                cases[c] = go_case_recv(c % 3 == 1 ? NULL : idle, &v);
            cases[at[k]] = go_case_recv(ch, &v);
            go(sends_one, ch, (int)n);
            REQUIRE(go_select_n(cases, n) == (int)at[k]);
            REQUIRE(v == (int)n);
            REQUIRE(!go_try_send(idle, 0));
            go_free_chan(ch);
        }
    }
    go_free_chan(idle);
    return 0;
}

// Each on a channel of its own, in no order of addresses.
static int
own_channels(void)
{
    enum { N = 300 };
    go_chan(int) ch[N];
    struct go_case cases[N];
    int v;

    for (int i = 0; i < N; i++)
        ch[i * 7 % N] = go_make_chan(int, 0);
    for (int i = 0; i < N; i++)
        cases[i] = go_case_recv(ch[i], &v);
    for (int i = 0; i < N; i++) {
        go(sends_one, ch[i], i);
        REQUIRE(go_select_n(cases, N) == i && v == i);
    }
    for (int i = 0; i < N; i++)
        go_free_chan(ch[i]);
    return 0;
}

// ---- The end of a channel --------------------------------------------------

static void
closes_it(go_chan(int) ch)
{
    go_close(ch);
}

static int
closed_while_waiting(void)
{
    for (int i = 0; i < share(2000); i++) {
        go_chan(int) a = go_make_chan(int, 0), b = go_make_chan(int, 0);
        int v = 99, w = 99;
        bool ok = true, ok2 = true;

        go(closes_it, b);
        REQUIRE(go_select(go_case_recv_ok(a, &v, &ok),
                          go_case_recv_ok(b, &w, &ok2)) == 1);
        REQUIRE(v == 99 && ok && w == 0 && !ok2);
        // The value is dropped, and the answer is not.
        ok2 = true;
        REQUIRE(go_select(go_case_recv_ok(b, NULL, &ok2)) == 0 && !ok2);
        go_free_chan(a);
        go_free_chan(b);
    }
    return 0;
}

static int
default_at_any_place(void)
{
    go_chan(int) none = go_make_chan(int, 0);
    int v;

    REQUIRE(go_select(go_case_default) == 0);
    REQUIRE(go_select(go_case_default, go_case_recv(none, &v)) == 0);
    REQUIRE(go_select(go_case_recv(none, &v), go_case_default,
                      go_case_send(none, 1)) == 1);
    REQUIRE(go_select(go_case_recv(none, &v), go_case_send(none, 1),
                      go_case_default) == 2);
    return 0;
}

// ---- T05: power series -----------------------------------------------------

// A series gives a coefficient for each request. Numbers modulo a prime.
enum { PRIME = 65537, TERMS = 12 };

struct series { go_chan(int) ask, dat; };

static struct series *
series_new(void)
{
    struct series *s = malloc(sizeof(*s));

    *s = (struct series){ go_make_chan(int, 0), go_make_chan(int, 0) };
    return s;
}

static int
get(struct series *s)
{
    go_send(s->ask, 1);
    return go_recv(s->dat);
}

// 1, 1, 1, ...: 1 / (1 - x)
static void
all_ones(struct series *out)
{
    for (;;) {
        (void)go_recv(out->ask);
        go_send(out->dat, 1);
    }
}

// Two copies of one series: whoever asks first makes it go on.
static void
splits(struct series *in, struct series *a, struct series *b)
{
    int kept[4096], from = 0, to = 0;
    bool a_ahead = true;

    for (;;) {
        int k = go_select(go_case_recv(a->ask, NULL), go_case_recv(b->ask, NULL));
        struct series *who = k == 0 ? a : b;
        int v;

        if (from == to)
            a_ahead = k == 0;
        if (from == to || (k == 0) == a_ahead)
            kept[to++] = v = get(in);
        else
            v = kept[from++];
        REQUIRE(to < 4096);
        go_send(who->dat, v);
    }
}

static void
adds(struct series *f, struct series *g, struct series *out)
{
    for (;;) {
        (void)go_recv(out->ask);
        go_send(out->dat, (get(f) + get(g)) % PRIME);
    }
}

static void
shifts(int first, struct series *f, struct series *out)
{
    (void)go_recv(out->ask);
    go_send(out->dat, first);
    for (;;) {
        (void)go_recv(out->ask);
        go_send(out->dat, get(f));
    }
}

static void
scales(int by, struct series *f, struct series *out)
{
    for (;;) {
        (void)go_recv(out->ask);
        go_send(out->dat, (int)((long)by * get(f) % PRIME));
    }
}

// (f + x F)(g + x G) = fg + x (f G + g F + x F G), where F and G are used twice
static void
multiplies(struct series *f, struct series *g, struct series *out)
{
    struct series *s[8];

    (void)go_recv(out->ask);
    for (int i = 0; i < 8; i++)
        s[i] = series_new();

    int f0 = get(f), g0 = get(g);

    go_send(out->dat, (int)((long)f0 * g0 % PRIME));
    go(splits, f, s[0], s[1]);
    go(splits, g, s[2], s[3]);
    go(scales, f0, s[2], s[4]);
    go(scales, g0, s[0], s[5]);
    (void)go_recv(out->ask);
    go_send(out->dat, (get(s[4]) + get(s[5])) % PRIME);
    go(multiplies, s[1], s[3], s[6]);
    go(adds, s[4], s[5], s[7]);
    for (;;) {
        (void)go_recv(out->ask);
        go_send(out->dat, (get(s[7]) + get(s[6])) % PRIME);
    }
}

static int
power_series(void)
{
    struct series *a = series_new(), *b = series_new(), *p = series_new();
    struct series *q = series_new();

    go(all_ones, a);
    go(all_ones, b);
    go(multiplies, a, b, p);
    go(shifts, 5, p, q);
    REQUIRE(get(q) == 5);
    for (int i = 1; i <= TERMS; i++)
        REQUIRE(get(q) == i);           // 1 / (1 - x)^2
    return 0;
}

static const struct {
    const char *name;
    int (*fn)(void);
} scenarios[] = {
    { "double-select", double_select },
    { "no-growth", no_growth },
    { "blocking-table", blocking_table },
    { "evaluation", evaluation },
    { "loser-leaves", loser_leaves },
    { "linear", linear },
    { "nonblock-race", nonblock_race },
    { "nonblock-race-close", nonblock_race_close },
    { "self-select", self_select },
    { "stress", stress },
    { "fairness", fairness },
    { "random-bits", random_bits },
    { "duplicates", duplicates },
    { "how-many", how_many },
    { "own-channels", own_channels },
    { "closed-while-waiting", closed_while_waiting },
    { "default-at-any-place", default_at_any_place },
    { "power-series", power_series },
};

static int
go_main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "06-chan_select: which scenario?\n");
    return 2;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
