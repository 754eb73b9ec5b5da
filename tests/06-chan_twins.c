/** @file 06-chan_twins.c  Programs that exist in Go, too, and print the same.
 *
 *     06-chan_twins NAME [ROUNDS]
 *
 * Each round prints what came out, on a line; some end the process instead.
 * 06-chan_twins.go has the same programs under the same names, and
 * 06-chan_twins.tsv says what each may come to. T01 to T26 do what Go's own
 * tests of channels do; the others are small races with several outcomes.
 *
 * CHECK_SHARE says how many percent of the work to do, on machines that are
 * slow.
 */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "goroutine.h"

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

static void
sends(go_chan(int) ch, int v)
{
    go_send(ch, v);
}

static void
sends_upto(go_chan(int) ch, int n)
{
    for (int i = 0; i < n; i++)
        go_send(ch, i);
}

static void
receives(go_chan(int) ch)
{
    (void)go_recv(ch);
}

static void
closes(go_chan(int) ch)
{
    go_close(ch);
}

// ---- T01: four cases of one select, several receivers ----------------------

static void
feeds(go_chan(int) a, go_chan(int) b, go_chan(int) c, go_chan(int) d, int n)
{
    for (int i = 0; i < n; i++)
        go_select(go_case_send(a, i), go_case_send(b, i), go_case_send(c, i),
                  go_case_send(d, i));
    go_close(a);
    go_close(b);
    go_close(c);
    go_close(d);
}

static void
passes(go_chan(int) in, go_chan(int) out)
{
    go_range(v, in)
        go_send(out, v);
}

static void
closes_after(struct go_waitgroup *wg, go_chan(int) ch)
{
    go_waitgroup_wait(wg);
    go_close(ch);
}

static void
t01(void)
{
    const int n = share(2000);
    struct go_waitgroup wg = {0};
    go_chan(int) ch[4], out = go_make_chan(int, 0);
    char *seen = calloc((size_t)n, 1);
    int lost = n, twice = 0;

    for (int i = 0; i < 4; i++) {
        ch[i] = go_make_chan(int, 0);
        go_waitgroup_go(&wg, passes, ch[i], out);
    }
    go(feeds, ch[0], ch[1], ch[2], ch[3], n);
    go(closes_after, &wg, out);
    go_range(v, out) {
        lost -= !seen[v];
        twice += seen[v];
        seen[v] = 1;
    }
    printf("lost %d, twice %d\n", lost, twice);
    free(seen);
}

// ---- T02: first in, first out ----------------------------------------------

// One link of a daisy chain: it receives a value in its turn.
static void
in_turn(go_chan(int) ch, go_chan(int) in, go_chan(int) out, int *place)
{
    (void)go_recv(in);
    *place = go_recv(ch);
    go_send(out, 1);
}

static void
t02(void)
{
    enum { N = 10 };
    go_chan(int) ring = go_make_chan(int, N), ch = go_make_chan(int, 0);
    go_chan(int) start = go_make_chan(int, 0), in = start;
    int got[N];

    printf("ring");
    sends_upto(ring, N);
    for (int i = 0; i < N; i++)
        printf(" %d", go_recv(ring));
    for (int i = 0; i < N; i++) {
        go_chan(int) out = go_make_chan(int, 0);

        go(in_turn, ch, in, out, &got[i]);
        in = out;
    }
    go_send(start, 1);
    sends_upto(ch, N);
    (void)go_recv(in);
    printf(", chain");
    for (int i = 0; i < N; i++)
        printf(" %d", got[i]);
    printf("\n");
}

// ---- T03: a chain of 10,000 ------------------------------------------------

static void
adds_one(go_chan(int) left, go_chan(int) right)
{
    go_send(left, 1 + go_recv(right));
}

static void
t03(void)
{
    const int n = share(10000);
    go_chan(int) leftmost = go_make_chan(int, 0), left = leftmost;

    for (int i = 0; i < n; i++) {
        go_chan(int) right = go_make_chan(int, 0);

        go(adds_one, left, right);
        left = right;
    }
    go(sends, left, 0);
    printf("%s\n", go_recv(leftmost) == n ? "each added one" : "not all added one");
}

// ---- T04: without waiting, of several types --------------------------------

struct pair { int a; double b; };

// A partner that really waits is found; without one a try fails, if there is no
// place in the ring. Marks say how each try went.
#define TRIES(T, ...)                                                         \
static void sends_##T(go_chan(T) ch) { go_send(ch, (T)__VA_ARGS__); }         \
static void receives_##T(go_chan(T) ch, go_chan(bool) right)                  \
{                                                                             \
    const T want = (T)__VA_ARGS__, got = go_recv(ch);                         \
    go_send(right, memcmp(&got, &want, sizeof(T)) == 0);                      \
}                                                                             \
static void tries_##T(void)                                                   \
{                                                                             \
    const T want = (T)__VA_ARGS__;                                            \
    T got;                                                                    \
    printf(#T);                                                               \
    for (int cap = 0; cap < 2; cap++) {                                       \
        go_chan(T) ch = go_make_chan(T, cap);                                 \
        go_chan(bool) right = go_make_chan(bool, 0);                          \
        printf(" %d", go_select(go_case_recv(ch, &got), go_case_default));    \
        go(receives_##T, ch, right);                                          \
        while (go_select(go_case_send(ch, want), go_case_default) != 0)       \
            go_gosched();                                                     \
        printf("%d", go_recv(right));                                         \
        go(sends_##T, ch);                                                    \
        while (!go_try_recv(ch, &got))                                        \
            go_gosched();                                                     \
        printf("%d", memcmp(&got, &want, sizeof(T)) == 0);                    \
        printf("%d", go_try_send(ch, want));                                  \
        printf("%d", go_try_send(ch, want));                                  \
        printf("%d", go_try_recv(ch, &got));                                  \
        printf("%d", go_try_recv(ch, &got));                                  \
    }                                                                         \
    printf(";");                                                              \
}

typedef const char *string;
typedef struct pair pair;
typedef struct go_unit unit;

static const pair a_pair = { 7, 1.5 };
typedef const pair *pointer;

TRIES(int, 123)
TRIES(bool, true)
TRIES(double, 2.5)
TRIES(string, "hello")
TRIES(pointer, &a_pair)
TRIES(unit, { })

static void
t04(void)
{
    tries_int();
    tries_bool();
    tries_double();
    tries_string();
    tries_pointer();
    tries_unit();
    printf("\n");
}

// ---- T05: power series -----------------------------------------------------

// A series gives a coefficient for each request.
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

// 1 / (1 - x)
static void
ones(struct series *out)
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
    int kept[100], from = 0, to = 0;
    bool a_ahead = true;

    for (;;) {
        const bool by_a = go_select(go_case_recv(a->ask, NULL),
                                    go_case_recv(b->ask, NULL)) == 0;
        int v;

        if (from == to)
            a_ahead = by_a;
        if (by_a == a_ahead)
            kept[to++] = v = get(in);
        else
            v = kept[from++];
        go_send((by_a ? a : b)->dat, v);
    }
}

static void
adds(struct series *f, struct series *g, struct series *out)
{
    for (;;) {
        (void)go_recv(out->ask);
        go_send(out->dat, get(f) + get(g));
    }
}

static void
scales(int by, struct series *f, struct series *out)
{
    for (;;) {
        (void)go_recv(out->ask);
        go_send(out->dat, by * get(f));
    }
}

// (f + x F)(g + x G) = fg + x (f G + g F + x F G)
static void
multiplies(struct series *f, struct series *g, struct series *out)
{
    struct series *s[8];

    (void)go_recv(out->ask);
    for (int i = 0; i < 8; i++)
        s[i] = series_new();

    const int f0 = get(f), g0 = get(g);

    go_send(out->dat, f0 * g0);
    go(splits, f, s[0], s[1]);
    go(splits, g, s[2], s[3]);
    go(scales, f0, s[2], s[4]);
    go(scales, g0, s[0], s[5]);
    (void)go_recv(out->ask);
    go_send(out->dat, get(s[4]) + get(s[5]));
    go(multiplies, s[1], s[3], s[6]);
    go(adds, s[4], s[5], s[7]);
    for (;;) {
        (void)go_recv(out->ask);
        go_send(out->dat, get(s[7]) + get(s[6]));
    }
}

// 1 / (1 - x)^3
static void
t05(void)
{
    struct series *s[5];

    for (int i = 0; i < 5; i++)
        s[i] = series_new();
    go(ones, s[0]);
    go(ones, s[1]);
    go(ones, s[2]);
    go(multiplies, s[0], s[1], s[3]);
    go(multiplies, s[3], s[2], s[4]);
    for (int i = 0; i < 8; i++)
        printf("%s%d", i > 0 ? " " : "", get(s[4]));
    printf("\n");
}

// ---- T06, T17: many selects take no memory ---------------------------------

static long
resident(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long total, pages = 0;

    if (file != NULL && fscanf(file, "%ld %ld", &total, &pages) != 2)
        pages = 0;
    if (file != NULL)
        fclose(file);
    return pages * 4096;
}

// A sanitizer keeps what was freed, and a trace what has happened.
static const char *
grown_since(long before)
{
    return getenv("CHECK_RSS") == NULL || resident() - before < 1 << 20
        ? "no growth" : "growth";
}

static void
sends_by_select(go_chan(int) ch, go_chan(int) other, int n)
{
    for (int i = 0; i < n; i++)
        go_select(go_case_send(ch, i), go_case_recv(other, NULL));
}

static void
t06(void)
{
    const int n = share(100000);
    go_chan(int) ch = go_make_chan(int, 0), other = go_make_chan(int, 0);
    long before = 0;

    for (int round = 0; round < 2; round++) {
        go(sends_by_select, ch, other, n);
        for (int i = 0; i < n; i++)
            go_select(go_case_recv(ch, NULL), go_case_recv(other, NULL));
        if (round == 0)
            before = resident();
    }
    printf("%s\n", grown_since(before));
}

static void
t17(void)
{
    const int n = share(50000);
    go_chan(int) ch = go_make_chan(int, 0), lives = go_make_chan(int, 0);
    long before = 0;

    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < n; i++) {
            go(sends, ch, i);
            go_select(go_case_recv(lives, NULL), go_case_recv(ch, NULL));
        }
        if (round == 0)
            before = resident();
    }
    // It says so if somebody still waits.
    go_free_chan(lives);
    printf("%s\n", grown_since(before));
}

// ---- T07: what waits -------------------------------------------------------

enum { NIL, CLOSED, EMPTY, ROOM, FULL, KINDS };

static go_chan(int)
of_kind(int kind)
{
    go_chan(int) ch = NULL;

    if (kind != NIL)
        ch = go_make_chan(int, kind == ROOM || kind == FULL);
    if (kind == CLOSED)
        go_close(ch);
    if (kind == FULL)
        go_send(ch, 1);
    return ch;
}

static void
tries_one(int way, int kind, atomic_int *went_on)
{
    go_chan(int) ch = of_kind(kind), nothing = NULL;

    switch (way) {
    case 0: (void)go_recv(ch); break;
    case 1: go_select(go_case_recv(ch, NULL)); break;
    case 2: go_select(go_case_recv(nothing, NULL), go_case_recv(ch, NULL)); break;
    case 3: go_send(ch, 1); break;
    case 4: go_select(go_case_send(ch, 1)); break;
    case 5: go_select(go_case_send(nothing, 1), go_case_send(ch, 1)); break;
    }
    *went_on = 1;
}

static void
t07(void)
{
    static const char *const name[KINDS] = {
        "nil", "closed", "empty", "room", "full",
    };

    for (int kind = 0; kind < KINDS; kind++) {
        printf("%s%s ", kind > 0 ? ", " : "", name[kind]);
        // A send to a closed channel is a panic.
        for (int way = 0; way < (kind == CLOSED ? 3 : 6); way++) {
            static atomic_int went_on;

            went_on = 0;
            go(tries_one, way, kind, &went_on);
            settle();
            printf("%s", went_on ? "+" : "w");
        }
        printf("%d", go_select(go_case_recv(of_kind(kind), NULL), go_case_default));
        if (kind != CLOSED)
            printf("%d", go_select(go_case_send(of_kind(kind), 1), go_case_default));
    }
    printf("\n");
}

static void t07_send(void) { go_send(of_kind(CLOSED), 1); }
static void t07_select(void) { go_select(go_case_send(of_kind(CLOSED), 1)); }
static void
t07_default(void)
{
    go_select(go_case_send(of_kind(CLOSED), 1), go_case_default);
}
static void t07_recv_nil(void) { (void)go_recv(of_kind(NIL)); }
static void t07_send_nil(void) { go_send(of_kind(NIL), 1); }
static void t07_recv_empty(void) { (void)go_recv(of_kind(EMPTY)); }
static void t07_send_full(void) { go_send(of_kind(FULL), 1); }
static void t07_no_cases(void) { go_select(); }
static void
t07_select_nil(void)
{
    go_select(go_case_recv(of_kind(NIL), NULL), go_case_send(of_kind(NIL), 1));
}
static void
t07_select_empty(void)
{
    go_select(go_case_recv(of_kind(EMPTY), NULL), go_case_send(of_kind(FULL), 1));
}

// ---- T08: what is evaluated, once, in order --------------------------------

static char order[40];

static go_chan(int)
chan_of(char mark, go_chan(int) ch)
{
    order[strlen(order)] = mark;
    return ch;
}

static int
value_of(char mark, int v)
{
    order[strlen(order)] = mark;
    return v;
}

static void
t08(void)
{
    go_chan(int) none = go_make_chan(int, 0), one = go_make_chan(int, 1);

    memset(order, 0, sizeof(order));
    int k = go_select(go_case_send(chan_of('a', none), value_of('b', 1)),
                      go_case_recv(chan_of('c', none), NULL),
                      go_case_send(chan_of('d', one), value_of('e', 2)),
                      go_case_send(chan_of('f', NULL), value_of('g', 3)),
                      go_case_default);

    go_send(chan_of('h', go_make_chan(int, 1)), value_of('i', go_recv(chan_of('j', one))));
    printf("case %d, %s\n", k, order);
}

// ---- T09: who loses leaves the middle of a list ----------------------------

static void
waits_for_two(go_chan(int) own, go_chan(int) crowd, go_chan(int) served, int me)
{
    go_select(go_case_recv(own, NULL), go_case_recv(crowd, NULL));
    go_send(served, me);
}

static void
waits_for_one(go_chan(int) crowd, go_chan(int) served, int me)
{
    (void)go_recv(crowd);
    go_send(served, me);
}

static void
t09(void)
{
    go_chan(int) crowd = go_make_chan(int, 0), served = go_make_chan(int, 4);
    go_chan(int) a = go_make_chan(int, 0), b = go_make_chan(int, 0);

    go(waits_for_one, crowd, served, 1);
    settle();
    go(waits_for_two, a, crowd, served, 2);
    settle();
    go(waits_for_two, b, crowd, served, 3);
    settle();
    go(waits_for_one, crowd, served, 4);
    settle();
    go_send(b, 0);
    settle();
    go_send(a, 0);
    settle();
    for (int i = 0; i < 2; i++) {
        go_send(crowd, 0);
        settle();
    }
    printf("served");
    for (int i = 0; i < 4; i++)
        printf(" %d", go_recv(served));
    printf(", then %s\n", go_try_send(crowd, 0) ? "one more" : "nobody");
}

// ---- T10: primes -----------------------------------------------------------

static void
numbers(go_chan(int) out)
{
    for (int i = 2;; i++)
        go_send(out, i);
}

static void
filters(go_chan(int) in, go_chan(int) out, int prime)
{
    go_range(v, in)
        if (v % prime != 0)
            go_send(out, v);
}

static void
t10(void)
{
    go_chan(int) ch = go_make_chan(int, 0);

    go(numbers, ch);
    for (int i = 0; i < 25; i++) {
        const int prime = go_recv(ch);
        go_chan(int) next = go_make_chan(int, 0);

        printf("%s%d", i > 0 ? " " : "", prime);
        go(filters, ch, next, prime);
        ch = next;
    }
    printf("\n");
}

// ---- T11: every way to send meets every way to receive, also without a size -

static void
sends_units(int way, go_chan(struct go_unit) ch, int n)
{
    for (int i = 0; i < n; i++)
        if (way == 0)
            go_send(ch, GO_UNIT);
        else
            go_select(go_case_send(ch, GO_UNIT));
    go_close(ch);
}

static void
sends_ints(int way, go_chan(int) ch, int n)
{
    for (int i = 0; i < n; i++)
        if (way == 0)
            go_send(ch, i);
        else
            go_select(go_case_send(ch, i));
    go_close(ch);
}

static void
t11(void)
{
    for (int cap = 0; cap < 3; cap++)
        for (int way = 0; way < 4; way++) {
            go_chan(struct go_unit) units = go_make_chan(struct go_unit, cap);
            go_chan(int) ints = go_make_chan(int, cap);
            struct go_unit u;
            int v, n = 0, sum = 0;
            bool more = true;

            go(sends_units, way / 2, units, 20);
            go(sends_ints, way / 2, ints, 20);
            for (;;) {
                if (way % 2 == 0)
                    more = go_recv_ok(units, &u);
                else
                    go_select(go_case_recv_ok(units, &u, &more));
                if (!more)
                    break;
                n++;
            }
            for (;;) {
                if (way % 2 == 0)
                    more = go_recv_ok(ints, &v);
                else
                    go_select(go_case_recv_ok(ints, &v, &more));
                if (!more)
                    break;
                sum += v;
            }
            printf("%s%d:%d", cap + way > 0 ? " " : "", n, sum);
        }
    printf("\n");
}

// ---- T12: len and cap ------------------------------------------------------

static void
t12(void)
{
    go_chan(int) nil = NULL;
    go_chan(int) ch = go_make_chan(int, 3);

    printf("%zu/%zu", go_len(nil), go_cap(nil));
    for (int i = 0; i < 3; i++) {
        go_send(ch, i);
        printf(" %zu/%zu", go_len(ch), go_cap(ch));
    }
    // Who waits to send is not counted.
    go(sends, ch, 4);
    settle();
    printf(" %zu/%zu", go_len(ch), go_cap(ch));
    printf(", %zu %zu %zu %zu %zu %zu\n", go_cap(go_make_chan(int, (char)4)),
           go_cap(go_make_chan(int, (short)5)), go_cap(go_make_chan(int, 6L)),
           go_cap(go_make_chan(int, (unsigned char)200)),
           go_cap(go_make_chan(int, (unsigned short)8)),
           go_cap(go_make_chan(int, (uint64_t)9)));
}

static volatile int64_t minus_one = -1, wide = INT64_C(1) << 62;
static volatile uint64_t widest = UINT64_MAX;

static void t12_negative(void) { (void)go_make_chan(int, minus_one); }
static void t12_huge(void) { (void)go_make_chan(int, wide); }
static void t12_widest(void) { (void)go_make_chan(int, widest); }

// ---- T13: many leave one list ----------------------------------------------

static void
leaves_by_own(go_chan(int) crowd, go_chan(int) own)
{
    go_select(go_case_recv(crowd, NULL), go_case_recv(own, NULL));
}

static void
t13(void)
{
    const int n = share(20000);
    go_chan(int) crowd = go_make_chan(int, 0);
    go_chan(int) *own = calloc((size_t)n, sizeof(*own));
    struct go_waitgroup wg = {0};

    for (int i = 0; i < n; i++) {
        own[i] = go_make_chan(int, 0);
        go_waitgroup_go(&wg, leaves_by_own, crowd, own[i]);
    }
    settle();
    for (int i = n; i-- > 0;)
        go_send(own[i], i);
    go_waitgroup_wait(&wg);
    free(own);
    printf("all left, then %s\n", go_try_send(crowd, 0) ? "one more" : "nobody");
}

// ---- T14: the end of a channel ---------------------------------------------

static void
t14(void)
{
    for (int cap = 0; cap < 3; cap++) {
        go_chan(int) ch = go_make_chan(int, cap);
        int v;
        bool ok;

        sends_upto(ch, cap);
        go_close(ch);
        printf("%s%d:", cap > 0 ? ", " : "", cap);
        for (int i = 0; i < cap + 1; i++) {
            v = 99;
            ok = go_recv_ok(ch, &v);
            printf(" %d%d", v, ok);
        }
        printf(" %d", go_recv(ch));
        v = 99;
        go_select(go_case_recv_ok(ch, &v, &ok));
        printf(" %d%d", v, ok);
        v = 99;
        printf(" %d", go_select(go_case_recv_ok(ch, &v, &ok), go_case_default));
        printf("%d%d", v, ok);
        v = 0;
        go_range(w, ch)
            v += w + 1;
        printf(" %d", v);
    }
    printf("\n");
}

static void
t14_twice(void)
{
    go_chan(int) ch = go_make_chan(int, 0);

    go_close(ch);
    go_close(ch);
}

static void
t14_send(void)
{
    go_chan(int) ch = go_make_chan(int, 1);

    go_close(ch);
    go_send(ch, 1);
}

// Two wait to send when it is closed: the first to go on ends the process.
static void
t14_waits(void)
{
    go_chan(int) ch = go_make_chan(int, 0), never = go_make_chan(int, 0);

    go(sends, ch, 1);
    settle();
    go_close(ch);
    (void)go_recv(never);
}

static void t14_nil(void) { go_close(of_kind(NIL)); }

// ---- T16: a program that catches signals can be at a deadlock --------------

static void
catches(int sig)
{
    (void)sig;
}

static void
t16(void)
{
    signal(SIGUSR1, catches);
    signal(SIGINT, catches);
    go_send(of_kind(EMPTY), 1);
}

// All ways to wait, at once.
static void
selects_two(go_chan(int) a, go_chan(int) b)
{
    go_select(go_case_recv(a, NULL), go_case_send(b, 1));
}

static void
selects_none(void)
{
    go_select();
}

static void
t16_many(void)
{
    go(receives, of_kind(EMPTY));
    settle();
    go(sends, of_kind(EMPTY), 1);
    settle();
    go(selects_two, of_kind(EMPTY), of_kind(EMPTY));
    settle();
    go(selects_none);
    settle();
    go(receives, of_kind(NIL));
    settle();
    go(sends, of_kind(NIL), 1);
    settle();
    (void)go_recv(of_kind(EMPTY));
}

// ---- T18: goroutines that are deep in their calls --------------------------

__attribute__((noinline)) static int
deep(int depth, go_chan(int) at_the_bottom)
{
    if (depth == 0)
        return go_recv(at_the_bottom);
    return 1 + deep(depth - 1, at_the_bottom);
}

static void
goes_deep(int depth, go_chan(int) bottom, go_chan(int) out)
{
    go_send(out, deep(depth, bottom));
}

static void
t18(void)
{
    go_chan(int) bottom = go_make_chan(int, 0), out = go_make_chan(int, 0);
    int sum = 0;

    for (int depth = 0; depth <= 100; depth++)
        go(goes_deep, depth, bottom, out);
    settle();
    for (int depth = 0; depth <= 100; depth++)
        go_send(bottom, 0);
    for (int depth = 0; depth <= 100; depth++)
        sum += go_recv(out);
    printf("%d\n", sum);
}

// ---- T19: all of it, for each capacity -------------------------------------

static void
receives_and_says(go_chan(int) ch, atomic_int *went_on)
{
    (void)go_recv(ch);
    ++*went_on;
}

static void
sends_and_says(go_chan(int) ch, atomic_int *went_on)
{
    go_send(ch, 1);
    ++*went_on;
}

static void
t19(void)
{
    for (int cap = 0; cap < 4; cap++) {
        static atomic_int went_on;
        go_chan(int) ch = go_make_chan(int, cap);
        int v, count[100] = {0}, wrong = 0;

        went_on = 0;
        go(receives_and_says, ch, &went_on);
        go(receives_and_says, ch, &went_on);
        settle();
        printf("%s%d", cap > 0 ? " " : "", (int)went_on);
        go_close(ch);
        settle();
        printf("%d", (int)went_on);

        ch = go_make_chan(int, cap);
        printf("%d", go_select(go_case_recv(ch, &v), go_case_default));
        sends_upto(ch, cap);
        went_on = 0;
        go(sends_and_says, ch, &went_on);
        settle();
        printf("%d", (int)went_on);
        for (int i = 0; i <= cap; i++)
            printf("%d", go_recv(ch));

        for (int i = 0; i < 4; i++)
            go(sends_upto, ch, 100);
        for (int i = 0; i < 400; i++)
            count[go_recv(ch)]++;
        for (int i = 0; i < 100; i++)
            wrong += count[i] != 4;
        printf(":%d", wrong);
    }
    printf("\n");
}

// ---- T20: what is there is not missed --------------------------------------

static void
finds(go_chan(int) a, go_chan(int) b, go_chan(int) missed)
{
    go_send(missed, go_select(go_case_recv(a, NULL), go_case_recv(b, NULL),
                              go_case_default) == 2);
}

static void
t20(void)
{
    go_chan(int) missed = go_make_chan(int, 1);
    int n = 0, v;

    for (int i = 0; i < share(2000); i++) {
        go_chan(int) ch = go_make_chan(int, 1);
        go_chan(int) a = go_make_chan(int, 1), b = go_make_chan(int, 1);

        go_send(ch, 1);
        go(closes, ch);
        n += !go_try_recv(ch, &v);

        // In one of the two there is something at each moment.
        go_send(a, 1);
        go(finds, a, b, missed);
        if (i % 2 == 0)
            go_send(b, 1);
        else
            go_close(b);
        go_select(go_case_recv(a, NULL), go_case_default);
        n += go_recv(missed);
    }
    printf("missed %d\n", n);
}

// ---- T21: nobody receives what it sends ------------------------------------

static void
selects_itself(int me, go_chan(int) ch, int n, atomic_int *own)
{
    for (int i = 0; i < n; i++) {
        int v = -1, k;

        if (i % 2 == me)
            k = go_select(go_case_send(ch, me), go_case_recv(ch, &v)) == 1;
        else
            k = go_select(go_case_recv(ch, &v), go_case_send(ch, me)) == 0;
        *own += k && v == me;
    }
}

static void
drains(go_chan(int) ch, go_chan(int) stop)
{
    while (go_select(go_case_recv(ch, NULL), go_case_send(ch, -2),
                     go_case_recv(stop, NULL)) != 2)
        ;
}

static void
t21(void)
{
    static atomic_int own;
    go_chan(int) ch = go_make_chan(int, 0), stop = go_make_chan(int, 0);
    struct go_waitgroup wg = {0};

    go_waitgroup_go(&wg, selects_itself, 0, ch, share(2000), &own);
    go_waitgroup_go(&wg, selects_itself, 1, ch, share(2000), &own);
    go(drains, ch, stop);
    go_waitgroup_wait(&wg);
    go_send(stop, 1);
    printf("own %d\n", (int)own);
}

// ---- T22: all at once ------------------------------------------------------

static void
sends_to_four(go_chan(int) a, go_chan(int) b, go_chan(int) c, go_chan(int) d, int n)
{
    go_chan(int) ch[4] = { a, b, c, d };
    int left[4] = { n, n, n, n };

    for (int i = 0; i < 4 * n; i++) {
        int k = go_select(go_case_send(ch[0], 0), go_case_send(ch[1], 0),
                          go_case_send(ch[2], 0), go_case_send(ch[3], 0));

        if (--left[k] == 0)
            ch[k] = NULL;
    }
}

static void
receives_from_four(go_chan(int) a, go_chan(int) b, go_chan(int) c, go_chan(int) d,
                   int n)
{
    go_chan(int) ch[4] = { a, b, c, d };
    int left[4] = { n, n, n, n };

    for (int i = 0; i < 4 * n; i++) {
        int k = go_select(go_case_recv(ch[0], NULL), go_case_recv(ch[1], NULL),
                          go_case_recv(ch[2], NULL), go_case_recv(ch[3], NULL));

        if (--left[k] == 0)
            ch[k] = NULL;
    }
}

static void
receives_n(go_chan(int) ch, int n)
{
    for (int i = 0; i < n; i++)
        (void)go_recv(ch);
}

static void
t22(void)
{
    const int n = share(1000);
    go_chan(int) ch[4];
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 4; i++) {
        ch[i] = go_make_chan(int, i < 2 ? 0 : i);
        go_waitgroup_go(&wg, sends_upto, ch[i], n);
        go_waitgroup_go(&wg, receives_n, ch[i], n);
    }
    go_waitgroup_go(&wg, sends_to_four, ch[0], ch[1], ch[2], ch[3], n);
    go_waitgroup_go(&wg, receives_from_four, ch[0], ch[1], ch[2], ch[3], n);
    go_waitgroup_wait(&wg);
    printf("left %zu %zu %zu %zu\n", go_len(ch[0]), go_len(ch[1]), go_len(ch[2]),
           go_len(ch[3]));
}

// ---- T23, T24: each case is as likely as any other -------------------------

static void
t23(void)
{
    enum { TRIALS = 10000 };
    go_chan(int) a = go_make_chan(int, TRIALS + 1), b = go_make_chan(int, TRIALS + 1);
    int n = 0;

    for (int i = 0; i <= TRIALS; i++) {
        go_send(a, 1);
        go_send(b, 1);
    }
    for (int i = 0; i < TRIALS; i++)
        n += go_select(go_case_recv(a, NULL), go_case_recv(b, NULL));
    // Six standard deviations.
    printf("%s\n", n > TRIALS / 2 - 300 && n < TRIALS / 2 + 300 ? "fair" : "not fair");
}

static void
sends_bits(go_chan(int) ch, int n)
{
    for (int i = 0; i < n; i++)
        go_select(go_case_send(ch, 0), go_case_send(ch, 1));
    go_close(ch);
}

static void
t24(void)
{
    for (int cap = 0; cap < 3; cap++) {
        go_chan(int) ch = go_make_chan(int, cap);
        int n = 0;

        go(sends_bits, ch, 1000);
        go_range(v, ch)
            n += v;
        printf("%s%s", cap > 0 ? ", " : "", n > 300 && n < 700 ? "both" : "one");
    }
    printf("\n");
}

// ---- T25: many receivers ---------------------------------------------------

static void
squares(go_chan(int) in, go_chan(int) out)
{
    go_range(v, in)
        go_send(out, v * v);
}

static void
t25(void)
{
    go_chan(int) in = go_make_chan(int, 7), out = go_make_chan(int, 0);
    struct go_waitgroup wg = {0};
    long sum = 0;
    int n = 0;

    for (int i = 0; i < 23; i++)
        go_waitgroup_go(&wg, squares, in, out);
    go(closes_after, &wg, out);
    go(sends_ints, 0, in, 1000);
    go_range(v, out) {
        sum += v;
        n++;
    }
    printf("%d values, sum %ld\n", n, sum);
}

// ---- T26: one channel twice ------------------------------------------------

static void
selects_twice(go_chan(int) c, go_chan(int) d, go_chan(int) e, atomic_int *case_)
{
    *case_ = go_select(go_case_recv(c, NULL), go_case_recv(d, NULL),
                       go_case_recv(e, NULL));
    (void)go_recv(d);
    *case_ += 10;
}

static void
t26(void)
{
    static atomic_int chosen;
    go_chan(int) c = go_make_chan(int, 0), e = go_make_chan(int, 0);

    chosen = -1;
    go(selects_twice, c, c, e, &chosen);
    settle();
    go_send(e, 1);
    settle();
    const int first = chosen;

    go_send(c, 1);
    settle();
    printf("case %d, then %d\n", first, (int)chosen);
}

// ---- Small races, with several outcomes ------------------------------------

// Now and then others go first.
static void
stumble(void)
{
    static atomic_uint calls;
    const unsigned n = (unsigned)getpid() + atomic_fetch_add(&calls, 1);
    const unsigned dice = n * 2654435761u >> 24;

    if (dice % 4 == 0)
        go_gosched();
    else if (dice % 4 == 1)
        for (volatile unsigned i = 0; i < 4 * dice; i++)
            ;
}

static void
stumbles_and_sends(go_chan(int) ch, int v)
{
    stumble();
    go_send(ch, v);
}

static void
two_senders(void)
{
    go_chan(int) ch = go_make_chan(int, 0);

    go(stumbles_and_sends, ch, 1);
    go(stumbles_and_sends, ch, 2);
    stumble();
    const int first = go_recv(ch);

    printf("%d %d\n", first, go_recv(ch));
}

static void
two_ready(void)
{
    go_chan(int) a = go_make_chan(int, 1), b = go_make_chan(int, 1);

    go_send(a, 1);
    go_send(b, 1);
    printf("case %d\n", go_select(go_case_recv(a, NULL), go_case_recv(b, NULL)));
}

static void
one_try(void)
{
    go_chan(int) ch = go_make_chan(int, 0);
    int v = 0;
    const bool ok = go_try_recv(ch, &v);

    if (ok)
        printf("at once %d\n", v);
    go(stumbles_and_sends, ch, 7);
    stumble();
    go_gosched();
    if (go_try_recv(ch, &v))
        printf("tried, got %d\n", v);
    else
        printf("tried in vain, waited, got %d\n", go_recv(ch));
}

static void
waits_first(go_chan(int) done, int *x)
{
    *x = 1;
    go_send(done, 1);
}

static void
message(void)
{
    go_chan(int) done = go_make_chan(int, 1);
    int x = 0;

    go(waits_first, done, &x);
    (void)go_recv(done);
    printf("x = %d\n", x);
}

static void
other_select(go_chan(int) a, go_chan(int) b, go_chan(int) said)
{
    int v = 0, k;

    stumble();
    k = go_select(go_case_recv(a, &v), go_case_send(b, 2));

    go_send(said, k == 0 ? v : 0);
}

static void
selects_meet(void)
{
    go_chan(int) a = go_make_chan(int, 0), b = go_make_chan(int, 0);
    go_chan(int) said = go_make_chan(int, 1);
    int v = 0;

    go(other_select, a, b, said);
    stumble();
    go_select(go_case_recv(b, &v), go_case_send(a, 1));
    printf("here %d, there %d\n", v, go_recv(said));
}

static void
counts(go_chan(int) ch, go_chan(int) said)
{
    int n = 0;

    stumble();
    go_range(v, ch) {
        n += v > 0;
        stumble();
    }
    go_send(said, n);
}

static void
two_receivers(void)
{
    go_chan(int) ch = go_make_chan(int, 1);
    go_chan(int) a = go_make_chan(int, 1), b = go_make_chan(int, 1);

    go(counts, ch, a);
    go(counts, ch, b);
    for (int i = 0; i < 3; i++) {
        stumble();
        go_send(ch, 1);
    }
    go_close(ch);
    const int first = go_recv(a);

    printf("%d and %d\n", first, go_recv(b));
}

static void
tries_to_send(go_chan(int) ch, int v, atomic_int *done)
{
    stumble();
    *done += go_try_send(ch, v) ? 1 : 0;
}

static void
one_place(void)
{
    static atomic_int done;
    go_chan(int) ch = go_make_chan(int, 1);
    struct go_waitgroup wg = {0};

    done = 0;
    go_waitgroup_go(&wg, tries_to_send, ch, 1, &done);
    go_waitgroup_go(&wg, tries_to_send, ch, 2, &done);
    go_waitgroup_wait(&wg);
    printf("%d sent: %d\n", (int)done, go_recv(ch));
}

static void
enters(go_chan(int) sem, atomic_int *inside, atomic_int *most)
{
    stumble();
    go_send(sem, 1);

    int now = ++*inside, seen = *most;

    while (now > seen && !atomic_compare_exchange_weak(most, &seen, now))
        ;
    go_gosched();
    --*inside;
    (void)go_recv(sem);
}

static void
semaphore(void)
{
    static atomic_int inside, most;
    go_chan(int) sem = go_make_chan(int, 2);
    struct go_waitgroup wg = {0};

    inside = most = 0;
    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, enters, sem, &inside, &most);
    go_waitgroup_wait(&wg);
    printf("at most %d\n", (int)most);
}

static void
sends_two(go_chan(int) ch, int first)
{
    stumble();
    go_send(ch, first);
    stumble();
    go_send(ch, first + 1);
    go_close(ch);
}

// Two streams become one; who has ended is nil from then on.
static void
merge(void)
{
    go_chan(int) a = go_make_chan(int, 0), b = go_make_chan(int, 1);
    const char *sep = "";

    go(sends_two, a, 1);
    go(sends_two, b, 3);
    while (a != NULL || b != NULL) {
        int v;
        bool ok;

        stumble();
        if (go_select(go_case_recv_ok(a, &v, &ok), go_case_recv_ok(b, &v, &ok)) == 0)
            a = ok ? a : NULL;
        else
            b = ok ? b : NULL;
        if (ok)
            printf("%s%d", sep, v), sep = " ";
    }
    printf("\n");
}

static void
works_until(go_chan(int) quit, go_chan(int) work, go_chan(int) ended)
{
    while (go_select(go_case_recv(quit, NULL), go_case_recv(work, NULL)) != 0)
        ;
    go_send(ended, 1);
}

static void
cancel(void)
{
    go_chan(int) quit = go_make_chan(int, 0), work = go_make_chan(int, 0);
    go_chan(int) ended = go_make_chan(int, 0);
    int n = 0;

    for (int i = 0; i < 3; i++)
        go(works_until, quit, work, ended);
    go_send(work, 1);
    go_close(quit);
    for (int i = 0; i < 3; i++)
        n += go_recv(ended);
    printf("%d ended\n", n);
}

// Who sends may find it open, or closed.
static void
send_or_close(void)
{
    go_chan(int) ch = go_make_chan(int, 1);
    struct go_waitgroup wg = {0};
    int v = 0;

    go_waitgroup_go(&wg, stumbles_and_sends, ch, 1);
    stumble();
    go_gosched();
    go_close(ch);
    go_waitgroup_wait(&wg);
    (void)go_recv_ok(ch, &v);
    printf("sent %d\n", v);
}

// Main returns, and takes along who waits.
static void
main_returns(void)
{
    go(receives, of_kind(EMPTY));
    go(sends, of_kind(NIL), 1);
    settle();
    printf("returns\n");
}

static void
goexit_waits(void)
{
    go(receives, of_kind(EMPTY));
    settle();
    go_goexit();
}

static const struct {
    const char *name;
    void (*fn)(void);
} programs[] = {
    { "T01", t01 }, { "T02", t02 }, { "T03", t03 }, { "T04", t04 },
    { "T05", t05 }, { "T06", t06 }, { "T07", t07 },
    { "T07-send", t07_send }, { "T07-select", t07_select },
    { "T07-default", t07_default }, { "T07-recv-nil", t07_recv_nil },
    { "T07-send-nil", t07_send_nil }, { "T07-recv-empty", t07_recv_empty },
    { "T07-send-full", t07_send_full }, { "T07-no-cases", t07_no_cases },
    { "T07-select-nil", t07_select_nil }, { "T07-select-empty", t07_select_empty },
    { "T08", t08 }, { "T09", t09 }, { "T10", t10 }, { "T11", t11 },
    { "T12", t12 }, { "T12-negative", t12_negative }, { "T12-huge", t12_huge },
    { "T12-widest", t12_widest }, { "T13", t13 }, { "T14", t14 },
    { "T14-twice", t14_twice }, { "T14-send", t14_send },
    { "T14-waits", t14_waits }, { "T14-nil", t14_nil }, { "T16", t16 },
    { "T16-many", t16_many }, { "T17", t17 }, { "T18", t18 }, { "T19", t19 },
    { "T20", t20 }, { "T21", t21 }, { "T22", t22 }, { "T23", t23 },
    { "T24", t24 }, { "T25", t25 }, { "T26", t26 },
    { "two-senders", two_senders }, { "two-ready", two_ready },
    { "one-try", one_try }, { "message", message },
    { "selects-meet", selects_meet }, { "two-receivers", two_receivers },
    { "one-place", one_place }, { "semaphore", semaphore }, { "merge", merge },
    { "cancel", cancel }, { "send-or-close", send_or_close },
    { "main-returns", main_returns }, { "goexit-waits", goexit_waits },
};

static int
go_main(int argc, char **argv)
{
    const int rounds = argc > 2 ? atoi(argv[2]) : 1;

    for (unsigned i = 0; argc > 1 && i < sizeof(programs) / sizeof(programs[0]); i++)
        if (strcmp(argv[1], programs[i].name) == 0) {
            for (int round = 0; round < rounds; round++)
                programs[i].fn();
            return 0;
        }
    fprintf(stderr, "06-chan_twins: which program?\n");
    return 3;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
