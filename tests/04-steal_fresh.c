/** @file 04-steal_fresh.c  Goroutines that have not begun have no stack; and one
 * that begins where another has ended finds nothing of it.
 *
 * One scenario a process: 04-steal_fresh NAME. CHECK_SHARE says how many percent
 * of the work to do, on machines that are slow.
 */
#include <errno.h>
#include <fenv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schedt.h"

#include "begins.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); \
    fflush(stdout); _exit(1); } } while (0)

#define LOAD(p)     __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define ADD(p, v)   __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST)

static int
share(int n)
{
    const char *percent = getenv("CHECK_SHARE");

    n = percent != NULL ? n * atoi(percent) / 100 : n;
    return n < 1 ? 1 : n;
}

static long
resident_kib(void)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    long kib = 0;

    while (file != NULL && fgets(line, sizeof(line), file) != NULL)
        if (sscanf(line, "VmRSS: %ld", &kib) == 1)
            break;
    if (file != NULL)
        fclose(file);
    return kib;
}

// ---- Who waits for the first turn is small ---------------------------------

static void
adds(long *sum, long i)
{
    ADD(sum, i);
}

// With stacks they would take 4 KiB each, and more.
static int
many_wait(void)
{
    // (A sanitizer has no room for so many stacks.)
    const long n = BEGINS_WITHOUT_STACK ? share(200000) : 3000;
    struct go_waitgroup wg = { 0 };
    long sum = 0;

    go_gomaxprocs(1);

    const long before = resident_kib();

    for (long i = 0; i < n; i++)
        go_waitgroup_go(&wg, adds, &sum, i);
    REQUIRE(go_num_goroutine() == n + 1);
    if (BEGINS_WITHOUT_STACK && n >= 10000)
        REQUIRE(resident_kib() - before < n);       // 1 KiB each
    go_waitgroup_wait(&wg);
    REQUIRE(sum == n * (n - 1) / 2);
    REQUIRE(go_num_goroutine() == 1);
    return 0;
}

// ---- Nothing is left of the one before -------------------------------------

static int wrong;

// (Called by its address: what never returns would seem an endless recursion.)
static void (*volatile at_the_bottom)(void) = go_goexit;

static __attribute__((noinline)) void
ends_deep(int n)
{
    volatile char room[100];

    room[0] = (char)n;
    if (n > 0)
        ends_deep(n - 1);
    else
        at_the_bottom();
    room[1] = room[0];
}

// (fegetround asks the x87 only.)
static bool
rounds_up(void)
{
    volatile double one = 1, three = 3;

    return one / three != 1.0 / 3.0 || fegetround() != FE_TONEAREST;
}

static void
leaves_things(int i, long a, long b, long c, const char *text, int *met)
{
    if (errno != 0 || rounds_up())
        ADD(&wrong, 1);
    if (a != i + 1L || b != i + 2L || c != -1L || strcmp(text, "six") != 0)
        ADD(&wrong, 1);
    errno = EDOM;
    fesetround(FE_UPWARD);
    ADD(met, 1);
    if (i % 3 == 0)
        ends_deep(i % 50);
    if (i % 7 == 0) {
        go_gosched();
        // And nothing is lost of one that waits.
        if (errno != EDOM || !rounds_up())
            ADD(&wrong, 1);
    }
}

static int
nothing_left(void)
{
    const int n = share(20000);
    struct go_waitgroup wg = { 0 };
    int met = 0;

    errno = 0;
    for (int i = 0; i < n; i++) {
        go_waitgroup_go(&wg, leaves_things, i, i + 1L, i + 2L, -1L, "six", &met);
        if (i % 100 == 0)
            go_gosched();
    }
    go_waitgroup_wait(&wg);
    REQUIRE(met == n);
    REQUIRE(wrong == 0);
    return 0;
}

static void computes(int *met);

// ---- Nor of who has made the thread ----------------------------------------

static int on_new;

static void
is_on_another_thread(void)
{
    if (rounds_up())
        ADD(&wrong, 1);
    ADD(&on_new, 1);
}

// Goroutine 1 rounds up. It makes others ready, and has the runtime make threads
// for them: all but the last one, which waits for its own turn, run there.
static int
thread_of_a_goroutine(void)
{
    fesetround(FE_UPWARD);
    for (int i = 0; i < 8; i++)
        go(is_on_another_thread);
    while (LOAD(&on_new) < 7)
        continue;
    fesetround(FE_TONEAREST);
    while (LOAD(&on_new) < 8)
        go_gosched();
    REQUIRE(wrong == 0);
    return 0;
}

// ---- Nor of a coroutine in which it once waited ----------------------------

static void
waits_in_coroutine(void *gate)
{
    go_waitgroup_wait(gate);
}

// When it leaves for the last time but one, it is in a coroutine; that is gone
// when it ends.
static void
had_a_coroutine(struct go_waitgroup *gate)
{
    struct go_coro *co = go_coro_new(waits_in_coroutine, gate);

    go_coro_resume(co);
    go_coro_free(co);
}

static int
after_coroutine(void)
{
    for (int round = 0; round < 20; round++) {
        struct go_waitgroup gate = { 0 }, all = { 0 };
        int met = 0;

        go_waitgroup_add(&gate, 1);
        for (int i = 0; i < 50; i++)
            go_waitgroup_go(&all, had_a_coroutine, &gate);
        go_gosched();
        go_waitgroup_done(&gate);
        // They begin on the stacks of those, one after the other.
        for (int i = 0; i < 50; i++)
            go_waitgroup_go(&all, computes, &met);
        go_waitgroup_wait(&all);
        REQUIRE(met == 50);
    }
    return 0;
}

static void
takes_thread_along(void)
{
    go_lock_os_thread();
}

static void
computes(int *met)
{
    if (rounds_up())
        ADD(&wrong, 1);
    ADD(met, 1);
}

// Each of the first kind ends with its thread. So there is a new one each time,
// and the first that it runs begins on a stack that was used before.
static int
first_on_thread(void)
{
    const int n = share(200);
    int met = 0;

    go_gomaxprocs(1);
    for (int i = 0; i < n; i++) {
        struct go_waitgroup wg = { 0 };

        for (int k = 0; k < 3; k++)
            go_waitgroup_go(&wg, computes, &met);
        go_waitgroup_go(&wg, takes_thread_along);
        go_waitgroup_wait(&wg);
    }
    REQUIRE(met == 3 * n);
    REQUIRE(wrong == 0);
    return 0;
}

// ---- Stacks of all sizes, and goroutines that have a thread ----------------

static void
ends(int *met, bool locks)
{
    if (locks)
        go_lock_os_thread();
    ADD(met, 1);
}

static int
all_kinds(void)
{
    const int n = share(3000);
    struct go_waitgroup wg = { 0 };
    int met = 0;

    for (int i = 0; i < n; i++) {
        struct go_attr big = { .stack_max = (size_t)(16 << (i % 4)) << 10 };

        go_with(&big, ends, &met, false);
        go_waitgroup_go(&wg, ends, &met, i % 100 == 0);
        go_waitgroup_go(&wg, ends, &met, false);
        if (i % 10 == 0)
            go_gosched();
    }
    go_waitgroup_wait(&wg);
    while (LOAD(&met) < 3 * n)
        go_gosched();
    return 0;
}

// ---- Who goes on behind one that ended may be in a coroutine ----------------

static void
ends_a_wait(struct go_waitgroup *wg)
{
    go_waitgroup_done(wg);
}

static void
does_nothing(void)
{
}

// It goes on straight behind the one that has ended its wait, and asks for its m:
// also on a thread that it was not on before.
static void
waits_and_starts(void *arg)
{
    const int n = *(const int *)arg;

    for (int i = 0; i < n; i++) {
        struct go_waitgroup wg = { 0 };

        go_waitgroup_add(&wg, 1);
        go(ends_a_wait, &wg);
        go_waitgroup_wait(&wg);
        for (int k = 0; k < 3; k++)
            go(does_nothing);
    }
}

static void
does_so_in_a_coroutine(int n)
{
    struct go_coro *co = go_coro_new(waits_and_starts, &n);

    go_coro_resume(co);
    go_coro_free(co);
}

static int
on_in_coroutine(void)
{
    struct go_waitgroup wg = { 0 };

    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, does_so_in_a_coroutine, share(3000));
    go_waitgroup_wait(&wg);
    return 0;
}

// ---- A dump ----------------------------------------------------------------

static void
never_begins(int i)
{
    printf("%d has begun\n", i);
}

static int
is_dumped(void)
{
    go_gomaxprocs(1);
    go(never_begins, 1);
    go_with((&(struct go_attr){ .name = "second" }), never_begins, 2);
    go_waitgroup_done(&(struct go_waitgroup){ 0 });
    return 0;
}

static const struct {
    const char *name;
    int (*fn)(void);
} scenarios[] = {
    { "many-wait", many_wait },
    { "nothing-left", nothing_left },
    { "thread-of-a-goroutine", thread_of_a_goroutine },
    { "after-coroutine", after_coroutine },
    { "on-in-coroutine", on_in_coroutine },
    { "first-on-thread", first_on_thread },
    { "all-kinds", all_kinds },
    { "is-dumped", is_dumped },
};

static int
go_main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "04-steal_fresh: which scenario?\n");
    return 3;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
