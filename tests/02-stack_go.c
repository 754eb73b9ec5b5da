/** @file 02-stack_go.c  Goroutines on one thread: go, its arguments, turns, and
 * the end. What holds of them on one thread holds on many.
 *
 * One scenario a process: 02-stack_go NAME.
 */
#include <fenv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gstatus.h"
#include "lock.h"
#include "stack.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); exit(1); } } while (0)

static char record[1000];       // what happened, in order
static ATOMIC(int) count;

static void
note(char c)
{
    record[strlen(record)] = c;
}

static int ended;

// The last act of a goroutine that has something to tell: its end alone makes
// nothing visible.
static void
done(void)
{
    __atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
}

static void
wait_for_others(void)
{
    while (go_num_goroutine() > 1)
        go_gosched();
    // Pairs with done.
    (void)__atomic_load_n(&ended, __ATOMIC_ACQUIRE);
}

// ---- Arguments -------------------------------------------------------------

enum colour { RED = 3, BLUE = -1 };

struct thing {
    int n;
};

static void
takes_none(void)
{
    atomic_add(&count, 1);
}

static void
takes_widths(int i, long l, short s, char c, bool b, unsigned char u)
{
    REQUIRE(i == -5 && l == -(1L << 40) && s == -300);
    REQUIRE(c == 'c' && b && u == 255);
    atomic_add(&count, 1);
}

static void
takes_unsigned(unsigned i, unsigned long l, uint64_t q, size_t z, enum colour e,
               int64_t s)
{
    REQUIRE(i == 4000000000u && l == ~0ul && q == (uint64_t)1 << 63);
    REQUIRE(z == (size_t)1 << 40 && e == BLUE && s == INT64_MIN);
    atomic_add(&count, 1);
}

static void
takes_pointers(const char *text, void *nothing, int *array, struct thing *thing,
               void (*fn)(void), char **words)
{
    REQUIRE(strcmp(text, "text") == 0 && nothing == NULL && array[1] == 12);
    REQUIRE(thing->n == 9 && fn == takes_none && words[1] == NULL);
    atomic_add(&count, 1);
}

static int
takes_one(long value)
{
    REQUIRE(value == 42);
    atomic_add(&count, 1);
    return 7;                   // nobody wants it
}

static void
takes_some(char *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsprintf(text, format, args);
    va_end(args);
    atomic_add(&count, 1);
    done();
}

static int calls;

static long
counts_calls(void)
{
    calls++;
    return 42;
}

static int
all_arguments(int argc, char **argv)
{
    static int array[] = { 11, 12 };
    static struct thing thing = { 9 };
    static char *words[] = { "word", NULL };
    static char text[100];

    (void)argc;
    (void)argv;
    go(takes_none);
    go(takes_widths, -5, -(1L << 40), (short)-300, 'c', true, (unsigned char)255);
    go(takes_unsigned, 4000000000u, ~0ul, (uint64_t)1 << 63, (size_t)1 << 40,
       (enum colour)BLUE, (int64_t)INT64_MIN);
    go(takes_pointers, "text", NULL, array, &thing, takes_none, words);
    go(takes_one, counts_calls());
    go(takes_one, (char)42);
    go(takes_some, text, "%d %s %ld %c", -3, "three", 1L << 33, 'x');
    wait_for_others();
    REQUIRE(atomic_load(&count) == 7);
    REQUIRE(calls == 1);
    REQUIRE(strcmp(text, "-3 three 8589934592 x") == 0);
    return 0;
}

// Read at once: what becomes of them afterwards does not matter.
static int
arguments_are_copied(int argc, char **argv)
{
    long value = 42;
    struct go_attr attr = { .name = "copied", .stack_max = 32 << 10 };

    (void)argc;
    (void)argv;
    go_with(&attr, takes_one, value);
    value = 43;
    memset(&attr, 0xff, sizeof(attr));
    if (value == 43)
        go(takes_one, 42);
    else
        go(takes_one, 44);
    wait_for_others();
    REQUIRE(atomic_load(&count) == 2);
    return 0;
}

// ---- Turns -----------------------------------------------------------------

static void
notes_turns(char name, int turns)
{
    for (int i = 0; i < turns; i++) {
        note(name);
        go_gosched();
    }
    done();
}

// One thread, first come, first served.
static int
turns_in_order(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(notes_turns, 'a', 3);
    go(notes_turns, 'b', 1);
    go(notes_turns, 'c', 4);
    notes_turns('m', 2);
    go(notes_turns, 'd', 3);
    while (go_num_goroutine() > 1)
        notes_turns('m', 1);
    REQUIRE(strcmp(record, "mabcmacmacdmcdmdm") == 0);
    return 0;
}

static void
notes_and_starts(int depth)
{
    note((char)('0' + depth));
    if (depth > 0) {
        go(notes_and_starts, depth - 1);
        go(notes_and_starts, depth - 1);
    }
    note((char)('0' + depth));
    done();
}

// A new one waits for its turn, and nobody is interrupted.
static int
starts_in_order(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(notes_and_starts, 2);
    wait_for_others();
    REQUIRE(strcmp(record, "22" "1111" "00000000") == 0);
    return 0;
}

static int
alone(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (int i = 0; i < 1000; i++)
        go_gosched();
    return 0;
}

static void
adds(long *sum, long value)
{
    go_gosched();
    __atomic_add_fetch(sum, value, __ATOMIC_SEQ_CST);
    done();
}

static int
ten_thousand(int argc, char **argv)
{
    const char *rounds = getenv("CHECK_ROUNDS");
    const long n = rounds != NULL ? atol(rounds) : 10000;
    long sum = 0;

    (void)argc;
    (void)argv;
    for (long i = 1; i <= n; i++)
        go(adds, &sum, i);
    REQUIRE(go_num_goroutine() <= n + 1);
    wait_for_others();
    REQUIRE(sum == n * (n + 1) / 2);
    return 0;
}

static int
waits_for_group(int argc, char **argv)
{
    struct go_waitgroup wg = { 0 };
    long sum = 0;

    (void)argc;
    (void)argv;
    go_waitgroup_wait(&wg);
    for (long i = 1; i <= 100; i++)
        go_waitgroup_go(&wg, adds, &sum, i);
    go_waitgroup_add(&wg, 1);
    go_waitgroup_done(&wg);
    go_waitgroup_wait(&wg);
    REQUIRE(sum == 5050);
    return 0;
}

// ---- Who is who ------------------------------------------------------------

static uint64_t ids[100];

static void
tells_id(int i)
{
    ids[i] = go_id();
    go_gosched();
    REQUIRE(go_id() == ids[i]);
    done();
}

static int
all_ids(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    REQUIRE(go_id() == 1);
    REQUIRE(go_num_goroutine() == 1);
    for (int i = 0; i < 100; i++) {
        go(tells_id, i);
        if (i % 10 == 9)                // so that some are used again
            wait_for_others();
    }
    for (int i = 0; i < 100; i++) {
        REQUIRE(ids[i] > 1);
        for (int k = 0; k < i; k++)
            REQUIRE(ids[k] != ids[i]);
    }
    REQUIRE(go_id() == 1);
    return 0;
}

static int
ids_in_order(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (int i = 0; i < 100; i++)
        go(tells_id, i);
    REQUIRE(go_num_goroutine() == 101);
    wait_for_others();
    for (int i = 0; i < 100; i++)
        REQUIRE(ids[i] == (uint64_t)i + 2);
    return 0;
}

// What belongs to a goroutine stays its own while others run.
static void
keeps(int i)
{
    fesetround(i % 2 ? FE_UPWARD : FE_DOWNWARD);
    for (int k = 0; k < 10; k++) {
        errno = i;
        go_gosched();
        REQUIRE(errno == i);
        REQUIRE(fegetround() == (i % 2 ? FE_UPWARD : FE_DOWNWARD));
    }
    atomic_add(&count, 1);
}

static int
all_keep(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (int i = 1; i <= 20; i++)
        go(keeps, i);
    errno = 77;
    wait_for_others();
    REQUIRE(errno == 77 && fegetround() == FE_TONEAREST);
    REQUIRE(atomic_load(&count) == 20);
    return 0;
}

// ---- The end ---------------------------------------------------------------

static void (*volatile exits)(int);

static void
exits_deep(int depth)
{
    if (depth > 0)
        exits(depth - 1);
    atomic_add(&count, 1);
    go_goexit();
}

static int
goexit_ends_one(int argc, char **argv)
{
    struct go_waitgroup wg = { 0 };

    (void)argc;
    (void)argv;
    exits = exits_deep;
    go(exits_deep, 10);
    wait_for_others();
    go_waitgroup_go(&wg, exits_deep, 3);
    go_waitgroup_wait(&wg);
    wait_for_others();
    REQUIRE(atomic_load(&count) == 2);
    return 0;
}

static int
main_exits(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_goexit();
}

static void
prints_last(void)
{
    for (int i = 0; i < 10; i++)
        go_gosched();
    printf("the others go on\n");
}

static int
main_exits_others_go_on(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(prints_last);
    go_goexit();
}

static void
exits_in_coroutine(void *arg)
{
    (void)arg;
    go_goexit();
}

static int
goexit_in_coroutine(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_coro_resume(go_coro_new(exits_in_coroutine, NULL));
    return 0;
}

static void
never_ends(void)
{
    for (;;) {
        atomic_add(&count, 1);
        go_gosched();
    }
}

static int
returns_value(int argc, char **argv)
{
    REQUIRE(argc == 3 && strcmp(argv[2], "c") == 0 && argv[3] == NULL);
    REQUIRE(go_id() == 1 && go_num_goroutine() == 1);
    go(never_ends);
    go_gosched();
    return 42;
}

// Each run begins anew, and nobody of the last one is left.
static void
run_again(void)
{
    char *words[] = { "a", "b", "c", NULL };

    for (int i = 0; i < 20; i++) {
        REQUIRE(go_run(returns_value, 3, words) == 42);

        int n = atomic_load(&count);

        for (int k = 0; k < 1000; k++)
            REQUIRE(atomic_load(&count) == n);
    }
}

// A coroutine outlives the run that it was made in, and goes from one stack to
// the other while the goroutine takes turns.
static struct go_coro *traveller;

static void
travels(void *arg)
{
    for (int i = 0; i < 3; i++) {
        go_coro_yield(arg);
        if (i < 1)
            go_gosched();
    }
}

static int
makes_traveller(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(takes_none);
    traveller = go_coro_new(travels, &count);
    REQUIRE(go_coro_resume(traveller) == &count);
    REQUIRE(go_coro_resume(traveller) == &count);
    wait_for_others();
    return 0;
}

static void
coroutine_outlives(void)
{
    REQUIRE(go_run(makes_traveller, 0, NULL) == 0);
    REQUIRE(go_coro_resume(traveller) == &count);
    REQUIRE(go_coro_resume(traveller) == NULL && go_coro_done(traveller));
    go_coro_free(traveller);
}

// ---- Errors ----------------------------------------------------------------

static int
go_of_nil(int argc, char **argv)
{
    void (*volatile fn)(int) = NULL;

    (void)argc;
    (void)argv;
    go(fn, 1);
    return 0;
}

static int
all_asleep(int argc, char **argv)
{
    static struct lock l;

    (void)argc;
    (void)argv;
    lock(&l);
    g_park(&l, WAIT_WAITGROUP);
    return 0;
}

static int
nested(int argc, char **argv)
{
    return go_run(nested, argc, argv);
}

static void
run_of_nil(void)
{
    go_run(NULL, 0, NULL);
}

static void
go_outside(void)
{
    go(takes_none);
}

static void
gosched_outside(void)
{
    go_gosched();
}

static void
goexit_outside(void)
{
    go_goexit();
}

static void
id_outside(void)
{
    go_id();
}

static void
num_outside(void)
{
    REQUIRE(go_run(alone, 0, NULL) == 0);       // and it makes no difference
    go_num_goroutine();
}

static void
high_water_outside(void)
{
    go_stack_high_water();
}

static const struct {
    const char *name;
    void (*fn)(void);
    int (*go_main)(int, char **);
} scenarios[] = {
    { "arguments", NULL, all_arguments },
    { "arguments-are-copied", NULL, arguments_are_copied },
    { "turns", NULL, turns_in_order },
    { "starts", NULL, starts_in_order },
    { "alone", NULL, alone },
    { "ten-thousand", NULL, ten_thousand },
    { "waitgroup", NULL, waits_for_group },
    { "ids", NULL, all_ids },
    { "ids-in-order", NULL, ids_in_order },
    { "keeps", NULL, all_keep },
    { "goexit", NULL, goexit_ends_one },
    { "main-exits", NULL, main_exits },
    { "main-exits-others-go-on", NULL, main_exits_others_go_on },
    { "goexit-in-coroutine", NULL, goexit_in_coroutine },
    { "run-again", run_again, NULL },
    { "coroutine-outlives", coroutine_outlives, NULL },
    { "go-of-nil", NULL, go_of_nil },
    { "all-asleep", NULL, all_asleep },
    { "nested", NULL, nested },
    { "run-of-nil", run_of_nil, NULL },
    { "go-outside", go_outside, NULL },
    { "gosched-outside", gosched_outside, NULL },
    { "goexit-outside", goexit_outside, NULL },
    { "id-outside", id_outside, NULL },
    { "num-outside", num_outside, NULL },
    { "high-water-outside", high_water_outside, NULL },
};

int
main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            if (scenarios[i].go_main != NULL)
                return go_run(scenarios[i].go_main, argc, argv);
            scenarios[i].fn();
            return 0;
        }
    fprintf(stderr, "02-stack_go: which scenario?\n");
    return 2;
}
