/** @file 07-sync_wait.c  WaitGroup, Once, Cond, atomics.
 *
 * One scenario a process: 07-sync_wait NAME. CHECK_SHARE says how many percent
 * of the work to do, on machines that are slow.
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
    for (int i = 0; i < 5; i++)
        go_gosched();
}

// ---- WaitGroup -------------------------------------------------------------

static struct go_waitgroup one, two;
static int counter;

static void
meets(struct go_waitgroup *here, struct go_waitgroup *there)
{
    go_waitgroup_done(here);
    go_waitgroup_wait(there);
    go_add(&counter, 1);
}

// Go's TestWaitGroup: 16 wait for a group, which is used again and again.
static int
group(void)
{
    for (int round = 0; round < 8; round++) {
        struct go_waitgroup exited = {0};

        go_store(&counter, 0);
        go_waitgroup_add(&one, 16);
        go_waitgroup_add(&two, 16);
        for (int i = 0; i < 16; i++)
            go_waitgroup_go(&exited, meets, &one, &two);
        go_waitgroup_wait(&one);
        for (int i = 0; i < 16; i++) {
            REQUIRE(go_load(&counter) == 0);
            go_waitgroup_done(&two);
        }
        go_waitgroup_wait(&exited);
        REQUIRE(go_load(&counter) == 16);
        REQUIRE(one.state == 0 && two.state == 0);
    }
    return 0;
}

static void
counts(void)
{
    go_add(&counter, 1);
}

static void
goes_on(struct go_waitgroup *wg, int *n)
{
    go_add(n, 1);
    go_waitgroup_done(wg);
}

// Go's TestWaitGroupRace: what was done before done is seen after wait.
static int
group_race(void)
{
    for (int round = 0; round < share(1000); round++) {
        struct go_waitgroup wg = {0};
        int n = 0;

        go_waitgroup_add(&wg, 1);
        go(goes_on, &wg, &n);
        go_waitgroup_add(&wg, 1);
        go(goes_on, &wg, &n);
        go_waitgroup_wait(&wg);
        REQUIRE(n == 2);
    }
    return 0;
}

static void
ends_itself(void)
{
    go_add(&counter, 1);
    go_goexit();
}

// WaitGroup.Go: by return, or by go_goexit.
static int
group_go(void)
{
    struct go_waitgroup wg = {0};

    go_gomaxprocs(1);
    for (int i = 0; i < 10; i++) {
        go_waitgroup_go(&wg, counts);
        go_waitgroup_go(&wg, ends_itself);
    }
    go_waitgroup_wait(&wg);
    REQUIRE(counter == 20);
    return 0;
}

// The one who waits may free it.
static int
group_freed(void)
{
    for (int round = 0; round < share(5000); round++) {
        struct go_waitgroup *wg = calloc(1, sizeof(*wg));

        go_waitgroup_go(wg, settle);
        go_waitgroup_go(wg, settle);
        go_waitgroup_wait(wg);
        free(wg);
    }
    return 0;
}

static void
adds_nested(struct go_waitgroup *wg, int depth)
{
    if (depth > 0) {
        go_waitgroup_go(wg, adds_nested, wg, depth - 1);
        go_waitgroup_go(wg, adds_nested, wg, depth - 1);
    }
    go_add(&counter, 1);
}

// Who is counted may count more.
static int
group_nested(void)
{
    struct go_waitgroup wg = {0};

    go_waitgroup_go(&wg, adds_nested, &wg, 10);
    go_waitgroup_wait(&wg);
    REQUIRE(go_load(&counter) == 2047);
    return 0;
}

// ---- Once ------------------------------------------------------------------

static struct go_once once;
static int made;

static void
makes(int by)
{
    REQUIRE(made == 0);
    go_gosched();
    made += by;
}

static void
asks(void)
{
    go_once_do(&once, makes, 1);
    REQUIRE(made == 1);
}

// Go's TestOnce.
static int
once_only(void)
{
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 100; i++)
        go_waitgroup_go(&wg, asks);
    go_waitgroup_wait(&wg);
    REQUIRE(made == 1);
    return 0;
}

static int evaluated;

static int
evaluates(void)
{
    return ++evaluated;
}

static double sum;

static void
adds(double d, const char *text, struct go_unit u, int i)
{
    (void)u;
    sum += d + i + (double)strlen(text);
}

// Arguments of any type, evaluated by who calls; without braces after if.
static int
once_arguments(void)
{
    struct go_once a = {0}, b = {0};

    for (int i = 0; i < 3; i++)
        if (i < 3)
            go_once_do(&a, adds, 0.5, "text", GO_UNIT, evaluates());
        else
            go_once_do(&b, adds, 1, "", GO_UNIT, 0);
    REQUIRE(sum == 5.5 && evaluated == 1);
    go_once_do(&b, settle);
    return 0;
}

static struct go_once inner, outer;

static void
exits(void)
{
    made++;
    go_goexit();
}

static void
exits_inside(void)
{
    go_once_do(&inner, exits);
}

static void
exits_in_two(void)
{
    go_once_do(&outer, exits_inside);
}

// Who leaves with go_goexit has done it: both the inner and the outer.
static int
once_goexit(void)
{
    struct go_waitgroup wg = {0};

    go_waitgroup_go(&wg, exits_in_two);
    go_waitgroup_wait(&wg);
    REQUIRE(made == 1);
    go_waitgroup_go(&wg, exits_in_two);
    go_waitgroup_wait(&wg);
    REQUIRE(made == 1);
    go_once_do(&inner, exits);
    go_once_do(&outer, exits);
    REQUIRE(made == 1);
    return 0;
}

static void
in_coroutine(void *arg)
{
    (void)arg;
    go_once_do(&once, makes, 1);
    go_coro_yield(&made);
}

static int
once_coroutine(void)
{
    struct go_coro *co = go_coro_new(in_coroutine, NULL);

    REQUIRE(go_coro_resume(co) == &made);
    go_once_do(&once, makes, 1);
    REQUIRE(made == 1);
    REQUIRE(go_coro_resume(co) == NULL);
    go_coro_free(co);
    return 0;
}

// ---- Cond ------------------------------------------------------------------

static struct go_mutex mu;
static struct go_cond cond;
static int running, awake;

static void
waits_once(void)
{
    go_mutex_lock(&mu);
    running++;
    go_cond_wait(&cond, &mu);
    awake++;
    go_mutex_unlock(&mu);
}

static int
value(const int *p)
{
    int v;

    go_mutex_lock(&mu);
    v = *p;
    go_mutex_unlock(&mu);
    return v;
}

static void
until(const int *p, int v)
{
    while (value(p) != v)
        go_gosched();
}

// Go's TestCondSignal: each signal wakes one.
static int
cond_signal(void)
{
    for (int i = 0; i < 10; i++)
        go(waits_once);
    until(&running, 10);
    for (int n = 1; n <= 10; n++) {
        REQUIRE(value(&awake) == n - 1);
        go_mutex_lock(&mu);
        go_cond_signal(&cond);
        go_mutex_unlock(&mu);
        until(&awake, n);
        settle();
        REQUIRE(value(&awake) == n);
    }
    go_cond_signal(&cond);
    return 0;
}

static int order[100], n_order;

static void
waits_in_turn(int k)
{
    go_mutex_lock(&mu);
    running = k;
    go_cond_wait(&cond, &mu);
    order[n_order++] = k;
    go_cond_signal(&cond);
    go_mutex_unlock(&mu);
}

// Go's TestCondSignalGenerations: who waits longest comes first.
static int
cond_generations(void)
{
    struct go_waitgroup wg = {0};

    running = -1;
    for (int k = 0; k < 100; k++) {
        go_waitgroup_go(&wg, waits_in_turn, k);
        until(&running, k);
    }
    go_mutex_lock(&mu);
    go_cond_signal(&cond);
    go_mutex_unlock(&mu);
    go_waitgroup_wait(&wg);
    for (int k = 0; k < 100; k++)
        REQUIRE(order[k] == k);
    return 0;
}

static bool leave;

static void
waits_often(struct go_waitgroup *wg)
{
    go_mutex_lock(&mu);
    while (!leave) {
        running++;
        go_cond_wait(&cond, &mu);
        awake++;
    }
    go_mutex_unlock(&mu);
    go_waitgroup_done(wg);
}

// Go's TestCondBroadcast.
static int
cond_broadcast(void)
{
    enum { N = 200, ROUNDS = 20 };
    struct go_waitgroup wg = {0};

    go_waitgroup_add(&wg, N);
    for (int i = 0; i < N; i++)
        go(waits_often, &wg);
    for (int round = 1; round <= ROUNDS; round++) {
        until(&running, N * round);
        REQUIRE(value(&awake) == N * (round - 1));
        go_mutex_lock(&mu);
        if (round == ROUNDS)
            leave = true;
        go_cond_broadcast(&cond);
        go_mutex_unlock(&mu);
    }
    go_waitgroup_wait(&wg);
    REQUIRE(awake == N * ROUNDS);
    go_cond_broadcast(&cond);
    return 0;
}

static int x;

static void
race_1(struct go_waitgroup *wg)
{
    go_mutex_lock(&mu);
    x = 1;
    go_cond_wait(&cond, &mu);
    REQUIRE(x == 2);
    x = 3;
    go_cond_signal(&cond);
    go_mutex_unlock(&mu);
    go_waitgroup_done(wg);
}

static void
race_2(struct go_waitgroup *wg)
{
    go_mutex_lock(&mu);
    for (;;) {
        if (x == 1) {
            x = 2;
            go_cond_signal(&cond);
            break;
        }
        go_mutex_unlock(&mu);
        go_gosched();
        go_mutex_lock(&mu);
    }
    go_mutex_unlock(&mu);
    go_waitgroup_done(wg);
}

static void
race_3(struct go_waitgroup *wg)
{
    go_mutex_lock(&mu);
    for (;;) {
        if (x == 2) {
            go_cond_wait(&cond, &mu);
            REQUIRE(x == 3);
            break;
        }
        if (x == 3)
            break;
        go_mutex_unlock(&mu);
        go_gosched();
        go_mutex_lock(&mu);
    }
    go_mutex_unlock(&mu);
    go_waitgroup_done(wg);
}

// Go's TestRace.
static int
cond_race(void)
{
    for (int round = 0; round < share(200); round++) {
        struct go_waitgroup wg = {0};

        x = 0;
        go_waitgroup_add(&wg, 3);
        go(race_1, &wg);
        go(race_2, &wg);
        go(race_3, &wg);
        go_waitgroup_wait(&wg);
    }
    return 0;
}

static void
steals(struct go_sema *done)
{
    go_mutex_lock(&mu);
    go_sema_release(done);
    go_cond_wait(&cond, &mu);
    go_mutex_unlock(&mu);
    go_sema_release(done);
}

static void
waits_for_flag(bool *flag, struct go_sema *done)
{
    go_mutex_lock(&mu);
    go_sema_release(done);
    while (!*flag)
        go_cond_wait(&cond, &mu);
    go_mutex_unlock(&mu);
    go_sema_release(done);
}

// Go's TestCondSignalStealing: a signal for the first is not taken by the second.
static int
cond_stealing(void)
{
    for (int round = 0; round < share(1000); round++) {
        struct go_sema first = {0}, second = {0};
        bool flag = false;

        go(steals, &first);
        go_sema_acquire(&first);
        go_mutex_lock(&mu);
        go_mutex_unlock(&mu);           // it waits now
        go(waits_for_flag, &flag, &second);
        go_sema_acquire(&second);
        go_cond_signal(&cond);
        go_sema_acquire(&first);        // it was the first
        go_mutex_lock(&mu);
        flag = true;
        go_mutex_unlock(&mu);
        go_cond_broadcast(&cond);
        go_sema_acquire(&second);
    }
    return 0;
}

// Numbers wrap around.
static int
cond_wraps(void)
{
    struct go_waitgroup wg = {0};

    cond.wait = cond.notify = UINT32_MAX - 20;
    running = -1;
    for (int k = 0; k < 40; k++) {
        go_waitgroup_go(&wg, waits_in_turn, k);
        until(&running, k);
    }
    go_cond_signal(&cond);
    go_waitgroup_wait(&wg);
    for (int k = 0; k < 40; k++)
        REQUIRE(order[k] == k);
    return 0;
}

// ---- Atomics ---------------------------------------------------------------

#define MAGIC 0x5a5a5a5a5a5a5a5aUL

// Each operation on a type: its value, and what lies beside the object.
#define NUMBER(T) do {                                                        \
    struct { uint64_t before; T v; char c[8]; uint64_t after; } s;            \
    memset(&s, 0x5a, sizeof(s));                                              \
    go_store(&s.v, (T)7);                                                     \
    REQUIRE(go_load(&s.v) == (T)7);                                           \
    REQUIRE(go_swap(&s.v, (T)9) == (T)7);                                     \
    REQUIRE(!go_cas(&s.v, (T)7, (T)1) && go_load(&s.v) == (T)9);              \
    REQUIRE(go_cas(&s.v, (T)9, (T)12) && go_load(&s.v) == (T)12);             \
    REQUIRE(go_add(&s.v, 3) == (T)15);                                        \
    REQUIRE(go_add(&s.v, -1) == (T)14);                                       \
    REQUIRE(go_and(&s.v, (T)7) == (T)14 && go_load(&s.v) == (T)6);            \
    REQUIRE(go_or(&s.v, (T)9) == (T)6 && go_load(&s.v) == (T)15);             \
    go_store(&s.v, (T)-1);                                                    \
    REQUIRE(go_add(&s.v, 1) == (T)0);                                         \
    REQUIRE(s.before == MAGIC && s.after == MAGIC);                           \
    for (int i = 0; i < 8; i++)                                               \
        REQUIRE(s.c[i] == 0x5a);                                              \
} while (0)

enum color { RED, GREEN, BLUE };

static int
atomics(void)
{
    NUMBER(int);
    NUMBER(unsigned);
    NUMBER(int32_t);
    NUMBER(uint32_t);
    NUMBER(long);
    NUMBER(int64_t);
    NUMBER(uint64_t);
    NUMBER(size_t);
    NUMBER(uintptr_t);
    NUMBER(short);
    NUMBER(signed char);

    int a = 1, b = 2, *p = &a, n = 0;
    bool flag = false;
    enum color color = RED;
    const char *text = "x";
    int *place[3] = { &a, &a, &a };

    REQUIRE(go_load(&p) == &a);
    REQUIRE(go_swap(&p, &b) == &a && *go_load(&p) == 2);
    REQUIRE(go_cas(&p, &b, NULL) && go_load(&p) == NULL);
    REQUIRE(!go_swap(&flag, true) && go_load(&flag));
    REQUIRE(go_cas(&flag, true, false) && !go_load(&flag));
    go_store(&color, BLUE);
    REQUIRE(go_cas(&color, BLUE, GREEN) && go_load(&color) == GREEN);
    go_store(&text, "y");
    REQUIRE(*go_load(&text) == 'y');
    // Arguments are evaluated once.
    go_store(&place[n++], &b);
    REQUIRE(n == 1 && place[0] == &b);
    REQUIRE(go_cas(&place[n++], &a, &b) && n == 2 && place[1] == &b);
    return 0;
}

static void
adds_often(int *p, int64_t *q, int n)
{
    for (int i = 0; i < n; i++) {
        int64_t old;

        go_add(p, 1);
        do
            old = go_load(q);
        while (!go_cas(q, old, old + ((int64_t)1 << 32) + 1));
    }
}

// Go's Hammer32 and Hammer64.
static int
atomics_hammer(void)
{
    struct go_waitgroup wg = {0};
    const int n = share(20000);
    int sum32 = 0;
    int64_t sum64 = 0;

    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, adds_often, &sum32, &sum64, n);
    go_waitgroup_wait(&wg);
    REQUIRE(sum32 == 8 * n && sum64 == (((int64_t)1 << 32) + 1) * 8 * n);
    return 0;
}

static struct {
    _Alignas(64) int mine;
    _Alignas(64) int seen;
    _Alignas(64) int round;
    int checked;
} side[2];

static void
until_other(int *p, int round)
{
    while (go_load(p) < round)
        go_gosched();
}

static void
stores_and_loads(int me, int n)
{
    for (int i = 1; i <= n; i++) {
        go_store(&side[me].mine, i);
        side[me].seen = go_load(&side[!me].mine);
        go_store(&side[me].round, i);
        until_other(&side[!me].round, i);
        // Both have stored, and then loaded: one of them at least has seen it.
        REQUIRE(side[0].seen == i || side[1].seen == i);
        go_store(&side[me].checked, i);
        until_other(&side[!me].checked, i);
    }
}

// Go's TestStoreLoadSeqCst: Dekker's question, that two never both read the old.
static int
dekker(void)
{
    struct go_waitgroup wg = {0};
    const int n = share(20000);

    for (int me = 0; me < 2; me++)
        go_waitgroup_go(&wg, stores_and_loads, me, n);
    go_waitgroup_wait(&wg);
    return 0;
}

static const struct {
    const char *name;
    int (*fn)(void);
} scenarios[] = {
    { "group", group },
    { "group-race", group_race },
    { "group-go", group_go },
    { "group-freed", group_freed },
    { "group-nested", group_nested },
    { "once", once_only },
    { "once-arguments", once_arguments },
    { "once-goexit", once_goexit },
    { "once-coroutine", once_coroutine },
    { "cond-signal", cond_signal },
    { "cond-generations", cond_generations },
    { "cond-broadcast", cond_broadcast },
    { "cond-race", cond_race },
    { "cond-stealing", cond_stealing },
    { "cond-wraps", cond_wraps },
    { "atomics", atomics },
    { "atomics-hammer", atomics_hammer },
    { "dekker", dekker },
};

static int
go_main(int argc, char **argv)
{
    (void)argc;
    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    printf("there is no scenario %s\n", argv[1]);
    return 2;
}

int
main(int argc, char **argv)
{
    return argc < 2 ? 2 : go_run(go_main, argc, argv);
}
