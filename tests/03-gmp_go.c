/** @file 03-gmp_go.c  go and its arguments, waitgroups, and coroutines that
 * goroutines use.
 *
 * One scenario a process: 03-gmp_go NAME.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "runtime.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); \
    fflush(stdout); _exit(1); } } while (0)

#define LOAD(p)     __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define STORE(p, v) __atomic_store_n(p, v, __ATOMIC_SEQ_CST)
#define ADD(p, v)   __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST)

static int
share(int n)
{
    const char *percent = getenv("CHECK_SHARE");

    n = percent != NULL ? n * atoi(percent) / 100 : n;
    return n < 1 ? 1 : n;
}

static void
yield(int times)
{
    for (int i = 0; i < times; i++)
        go_gosched();
}

static struct go_waitgroup done;

// ---- Arguments -----------------------------------------------------------------

enum color { RED = 7 };
struct thing;

static void
of_each_width(signed char a, short b, int c, long d, long long e, bool f)
{
    REQUIRE(a == -1 && b == -2 && c == -3 && d == -4 && e == INT64_MIN && f);
}

static void
of_each_width_unsigned(unsigned char a, unsigned short b, unsigned c,
                       unsigned long d, uint64_t e, size_t f)
{
    REQUIRE(a == 0xff && b == 0xffff && c == 0xffffffff && d == ~0ul &&
            e == ~(uint64_t)0 && f == 1);
}

static void
of_pointers(const char *text, void (*fn)(void), struct thing *thing, int *array,
            void *any, bool last)
{
    REQUIRE(strcmp(text, "text") == 0);
    REQUIRE(fn == go_gosched);
    REQUIRE(thing == NULL);
    REQUIRE(array[2] == 3);
    REQUIRE(any == array);
    REQUIRE(last);
}

static void
of_enum(enum color color, const char *text)
{
    REQUIRE(color == RED && text[0] == 'r');
}

static int
returns_something(int a)
{
    REQUIRE(a == 1);
    return a;
}

static void
variadic(int n, ...)
{
    va_list list;
    long sum = 0;

    va_start(list, n);
    for (int i = 0; i < n; i++)
        sum += va_arg(list, long);
    va_end(list);
    REQUIRE(sum == 1 + 20 + 300 + 4000 + 50000);
}

static int ran;

static void
nothing(void)
{
    ADD(&ran, 1);
}

// An argument of another type becomes what the parameter is.
static void
is_wide(long a, unsigned long b, const void *c)
{
    REQUIRE(a == -1 && b == ~0ul && c == &done);
}

static int
arguments(void)
{
    static int array[] = { 1, 2, 3 };
    const int constant = 1;
    signed char narrow = -1;
    short middle = -2;

    go_waitgroup_go(&done, of_each_width, narrow, middle, -3, -4L, INT64_MIN,
                    true);
    go_waitgroup_go(&done, of_each_width, (signed char)-1, (short)-2, -3, -4L,
                    (long long)INT64_MIN, (bool)1);
    go_waitgroup_go(&done, of_each_width_unsigned, (unsigned char)255,
                    (unsigned short)65535, 4294967295u, ~0ul, UINT64_MAX,
                    (size_t)1);
    go_waitgroup_go(&done, of_pointers, "text", go_gosched, NULL, array, array,
                    true);
    go_waitgroup_go(&done, of_pointers, "text", &go_gosched,
                    (struct thing *)0, &array[0], &array, true);
    // gcc wants the very types of the parameters if one of them is an enum.
    go_waitgroup_go(&done, of_enum, (enum color)RED, (const char *)"red");
    go_waitgroup_go(&done, is_wide, -1, -1, &done);
    go_waitgroup_go(&done, is_wide, narrow, ~0ull, &done);
    go_waitgroup_go(&done, returns_something, constant);
    go_waitgroup_go(&done, &returns_something, 1);
    go_waitgroup_go(&done, variadic, 5, 1L, 20L, 300L, 4000L, 50000L);
    go_waitgroup_go(&done, nothing);
    go_waitgroup_go(&done, (nothing));

    void (*pointer)(void) = nothing;
    void (*table[])(void) = { nothing, nothing };

    go_waitgroup_go(&done, pointer);
    go_waitgroup_go(&done, table[1]);
    go_waitgroup_wait(&done);
    REQUIRE(LOAD(&ran) == 4);
    return 0;
}

static void
takes_two(int a, int b)
{
    REQUIRE(a == 10 && b == 21);
    ADD(&ran, 1);
}

static int evaluated;

static int
next(int n)
{
    evaluated++;
    return n;
}

static void
(*chosen(void))(int, int)
{
    evaluated += 100;
    return takes_two;
}

static struct go_waitgroup *
group(void)
{
    evaluated += 1000;
    return &done;
}

static const struct go_attr *
attributes(void)
{
    static const struct go_attr attr = { .name = "named" };

    evaluated += 10000;
    return &attr;
}

// Everything once, and in the goroutine that says go.
static int
evaluated_once(void)
{
    int i = 10;

    go_waitgroup_go(&done, takes_two, i++, 21);
    REQUIRE(i == 11);
    go_waitgroup_go(&done, takes_two, next(10), next(21));
    REQUIRE(evaluated == 2);
    go_waitgroup_go(group(), chosen(), next(10), 21);
    REQUIRE(evaluated == 1103);
    go_waitgroup_wait(&done);
    evaluated = 0;
    go_with(attributes(), chosen(), next(10), next(21));
    REQUIRE(evaluated == 10102);
    while (LOAD(&ran) < 4)
        go_gosched();
    return 0;
}

// A statement, wherever one may stand.
static int
statement(void)
{
    for (int i = 0; i < 2; i++)
        if (i == 0)
            go(nothing);
        else
            go(nothing);
    if (LOAD(&ran) < 0)
        go(nothing);
    else if (LOAD(&ran) >= 0)
        go_start(nothing);
    for (int i = 0; i < 3; i++)
        go(nothing);
    do
        go(nothing);
    while (0);
    while (LOAD(&ran) < 7)
        go_gosched();
    yield(10);
    REQUIRE(LOAD(&ran) == 7);
    return 0;
}

// ---- go_with ---------------------------------------------------------------------

static size_t
uses(size_t bytes)
{
    volatile unsigned char room[4096];

    room[0] = room[4095] = 1;
    // A compiler must not make a loop of it.
    __asm__ volatile("" :: "r"(room) : "memory");
    if (bytes < sizeof(room))
        return room[0];

    size_t n = uses(bytes - sizeof(room)) + room[4095];

    __asm__ volatile("" :: "r"(room) : "memory");
    return n;
}

static void
uses_stack(size_t bytes)
{
    REQUIRE(uses(bytes) > 0);
    REQUIRE(go_stack_high_water() >= bytes);
}

HOOKS_SWITCH static const struct g *
current(void)
{
    return getg()->m->curg;
}

static void
has_name(const char *name)
{
    const struct g *gp = current();

    REQUIRE(name == NULL ? gp->name == NULL : strcmp(gp->name, name) == 0);
    ADD(&ran, 1);
}

static int
with(void)
{
    struct go_attr attr = { .name = "first" };

    go_with(&attr, has_name, "first");
    attr.name = "second";           // the attributes are read at once
    go_with(&attr, has_name, "second");
    go_with((&(struct go_attr){ .name = "third" }), has_name, "third");
    go_gomaxprocs(1);
    while (go_num_goroutine() > 1)
        go_gosched();
    go(has_name, NULL);             // a g is used again: its name is not
    go_with((struct go_attr *)NULL, has_name, NULL);
    while (LOAD(&ran) < 5)
        go_gosched();
    for (int i = 0; i < 20; i++) {
        int was = LOAD(&ran);

        go(has_name, NULL);
        while (LOAD(&ran) == was)
            go_gosched();
    }
    // Sizes of all kinds, small ones among them, and each is really there.
    for (size_t bytes = 1 << 17; bytes <= 1 << 23; bytes *= 2)
        go_with((&(struct go_attr){ .stack_max = bytes }), uses_stack,
                bytes / 2);
    go_with((&(struct go_attr){ .stack_max = GO_STACK_MIN }), nothing);
    go_with((&(struct go_attr){ .stack_max = 100001 }), nothing);
    while (go_num_goroutine() > 1)
        go_gosched();
    REQUIRE(LOAD(&ran) == 27);
    return 0;
}

// ---- WaitGroups --------------------------------------------------------------------

static int phase, passed;

static void
waits_for_phase(struct go_waitgroup *gate, int wanted)
{
    go_waitgroup_wait(gate);
    REQUIRE(LOAD(&phase) >= wanted);
    ADD(&passed, 1);
}

// All who wait go on, at 0 and not before; and the same one is used again.
static int
many_wait(void)
{
    const int waiters = share(500);
    struct go_waitgroup gate = { 0 };

    for (int round = 1; round <= 5; round++) {
        STORE(&passed, 0);
        go_waitgroup_add(&gate, 3);
        for (int i = 0; i < waiters; i++)
            go_waitgroup_go(&done, waits_for_phase, &gate, round);
        yield(50);
        REQUIRE(LOAD(&passed) == 0);
        go_waitgroup_add(&gate, -1);
        go_waitgroup_done(&gate);
        yield(50);
        REQUIRE(LOAD(&passed) == 0);
        STORE(&phase, round);
        go_waitgroup_done(&gate);
        go_waitgroup_wait(&done);
        REQUIRE(passed == waiters);
    }
    go_waitgroup_wait(&gate);           // nothing to wait for
    return 0;
}

// One adds for its children before it is done itself.
static void
grows(struct go_waitgroup *wg, int depth, long *count)
{
    ADD(count, 1);
    if (depth > 0) {
        go_waitgroup_go(wg, grows, wg, depth - 1, count);
        go_waitgroup_add(wg, 2);
        go_gosched();
        go_waitgroup_add(wg, -2);
        go_waitgroup_go(wg, grows, wg, depth - 1, count);
    }
}

static int
add_inside(void)
{
    struct go_waitgroup wg = { 0 };
    const int depth = share(100) < 100 ? 6 : 10;
    long count = 0;

    go_waitgroup_go(&wg, grows, &wg, depth, &count);
    go_waitgroup_wait(&wg);
    REQUIRE(count == (2L << depth) - 1);
    return 0;
}

static void
counts_down(struct go_waitgroup *wg, int times, int *left)
{
    for (int i = 0; i < times; i++) {
        if (i % 8 == 0)
            go_gosched();
        ADD(left, -1);
        go_waitgroup_done(wg);
    }
}

static int
many_done(void)
{
    const int times = share(2000);

    go_gomaxprocs(4);
    for (int round = 0; round < 10; round++) {
        struct go_waitgroup wg = { 0 };
        int left = 8 * times;

        go_waitgroup_add(&wg, left);
        for (int i = 0; i < 8; i++)
            go(counts_down, &wg, times, &left);
        go_waitgroup_wait(&wg);
        REQUIRE(LOAD(&left) == 0);
    }
    return 0;
}

// Waiters come and go while the counter does.
static int
wait_and_done_meet(void)
{
    go_gomaxprocs(4);
    for (int round = 0; round < share(3000); round++) {
        struct go_waitgroup wg = { 0 };

        go_waitgroup_add(&wg, 1);
        STORE(&phase, 1);
        go_waitgroup_go(&done, waits_for_phase, &wg, 1);
        go_waitgroup_go(&done, waits_for_phase, &wg, 1);
        if (round % 3 == 0)
            go_gosched();
        go_waitgroup_done(&wg);
        go_waitgroup_wait(&done);
    }
    return 0;
}

// The memory of a waitgroup may go as soon as the wait returns.
static void
on_stack(int rounds)
{
    for (int i = 0; i < rounds; i++) {
        struct go_waitgroup *wg = malloc(sizeof(*wg));

        *wg = (struct go_waitgroup){ 0 };
        for (int k = 0; k < 3; k++)
            go_waitgroup_go(wg, yield, k);
        go_waitgroup_wait(wg);
        memset(wg, 0xff, sizeof(*wg));
        free(wg);
    }
}

static int
gone_after_wait(void)
{
    go_gomaxprocs(4);
    for (int i = 0; i < 6; i++)
        go_waitgroup_go(&done, on_stack, share(500));
    go_waitgroup_wait(&done);
    return 0;
}

static void
exits(int how)
{
    volatile int end = how % 2;

    if (end)
        go_goexit();
    yield(how % 20);
}

// go_waitgroup_go counts down, however the goroutine ends.
static int
goexit_is_done(void)
{
    for (int i = 0; i < share(100); i++)
        go_waitgroup_go(&done, exits, i);
    go_waitgroup_wait(&done);
    while (go_num_goroutine() > 1)
        go_gosched();
    return 0;
}

// ---- Coroutines ----------------------------------------------------------------------

static int
tid(void)
{
    return (int)syscall(SYS_gettid);
}

static int moved;

struct numbers {
    int from, to;
    struct go_waitgroup *gate;
};

// A generator that lets other goroutines run, and waits, on its own stack.
static void
generates(void *arg)
{
    const struct numbers *n = arg;
    const uint64_t id = go_id();
    const int was = tid();

    for (int i = n->from; i < n->to; i++) {
        errno = i;
        go_gosched();
        REQUIRE(errno == i && go_id() == id);
        if (n->gate != NULL)
            go_waitgroup_wait(n->gate);
        REQUIRE(errno == i && go_id() == id);
        if (tid() != was)
            STORE(&moved, 1);
        go_coro_yield(&i);
        errno = 0;
    }
}

static void
uses_generator(int from, struct go_waitgroup *gate)
{
    struct numbers n = { from, from + 50, gate };
    struct go_coro *co = go_coro_new(generates, &n);
    int expected = from;

    REQUIRE(co != NULL);
    for (int *i; (i = go_coro_resume(co)) != NULL; expected++) {
        REQUIRE(*i == expected);
        errno = -expected;
        go_gosched();
        REQUIRE(errno == -expected);
    }
    REQUIRE(expected == from + 50);
    REQUIRE(go_coro_done(co));
    go_coro_free(co);
}

static int
generators(void)
{
    struct go_waitgroup gate = { 0 };

    go_gomaxprocs(4);
    // Until a coroutine has gone on on another thread.
    do {
        go_waitgroup_add(&gate, 1);
        for (int i = 0; i < share(50); i++)
            go_waitgroup_go(&done, uses_generator, i, i % 2 ? &gate : NULL);
        yield(20);
        go_waitgroup_done(&gate);
        go_waitgroup_wait(&done);
    } while (!LOAD(&moved));
    return 0;
}

// A coroutine in a coroutine in a goroutine parks.
static void
innermost(void *arg)
{
    for (int i = 0; i < 10; i++) {
        go_waitgroup_wait(arg);
        go_gosched();
        go_coro_yield(NULL);
    }
}

static void
middle(void *arg)
{
    struct go_coro *co = go_coro_new(innermost, arg);

    while (go_coro_resume(co), !go_coro_done(co))
        go_coro_yield(NULL);
    go_coro_free(co);
}

static void
nests(struct go_waitgroup *gate)
{
    struct go_coro *co = go_coro_new(middle, gate);
    int turns = 0;

    while (go_coro_resume(co), !go_coro_done(co))
        turns++;
    REQUIRE(turns == 10);
    go_coro_free(co);
}

static int
nested(void)
{
    struct go_waitgroup gate = { 0 };

    go_gomaxprocs(3);
    go_waitgroup_add(&gate, 1);
    for (int i = 0; i < share(50); i++)
        go_waitgroup_go(&done, nests, &gate);
    yield(20);
    go_waitgroup_done(&gate);
    go_waitgroup_wait(&done);
    return 0;
}

// One coroutine is used by many goroutines, one after the other.
static void
takes_one(struct go_coro *co, struct go_waitgroup *mine,
          struct go_waitgroup *next_one, int expected)
{
    go_waitgroup_wait(mine);

    const int *i = go_coro_resume(co);

    REQUIRE(i != NULL && *i == expected);
    go_waitgroup_done(next_one);
}

static void
counts(void *arg)
{
    for (int i = 0; i < *(int *)arg; i++)
        go_coro_yield(&i);
}

static int
handed_on(void)
{
    int n = share(200);
    struct go_waitgroup *turn = calloc((size_t)n + 1, sizeof(*turn));
    struct go_coro *co = go_coro_new(counts, &n);

    go_gomaxprocs(4);
    for (int i = 0; i <= n; i++)
        go_waitgroup_add(&turn[i], 1);
    for (int i = 0; i < n; i++)
        go(takes_one, co, &turn[i], &turn[i + 1], i);
    go_waitgroup_done(&turn[0]);
    go_waitgroup_wait(&turn[n]);
    REQUIRE(go_coro_resume(co) == NULL && go_coro_done(co));
    go_coro_free(co);
    free(turn);
    return 0;
}

// A coroutine starts goroutines, which are children of its goroutine.
static void
starts(void *arg)
{
    for (int i = 0; i < 10; i++)
        go_waitgroup_go((struct go_waitgroup *)arg, nothing);
    go_coro_yield(NULL);
    go_waitgroup_wait(arg);
}

static int
go_in_coroutine(void)
{
    struct go_coro *co = go_coro_new(starts, &done);

    go_coro_resume(co);
    go_coro_resume(co);
    REQUIRE(go_coro_done(co) && ran == 10);
    go_coro_free(co);
    return 0;
}

// A run may end while goroutines stand in coroutines.
static void
stands(void *arg)
{
    go_waitgroup_wait(arg);
}

static void
stands_in_coroutine(struct go_waitgroup *gate)
{
    go_coro_resume(go_coro_new(stands, gate));
}

static int
end_in_coroutine(void)
{
    static struct go_waitgroup gate;

    go_waitgroup_add(&gate, 1);
    for (int i = 0; i < 10; i++)
        go(stands_in_coroutine, &gate);
    yield(20);
    return 0;
}

static const struct {
    const char *name;
    int (*fn)(void);
} scenarios[] = {
    { "arguments", arguments },
    { "evaluated-once", evaluated_once },
    { "statement", statement },
    { "with", with },
    { "many-wait", many_wait },
    { "add-inside", add_inside },
    { "many-done", many_done },
    { "wait-and-done-meet", wait_and_done_meet },
    { "gone-after-wait", gone_after_wait },
    { "goexit-is-done", goexit_is_done },
    { "generators", generators },
    { "nested", nested },
    { "handed-on", handed_on },
    { "go-in-coroutine", go_in_coroutine },
    { "end-in-coroutine", end_in_coroutine },
};

static int
go_main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "03-gmp_go: which scenario?\n");
    return 2;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
