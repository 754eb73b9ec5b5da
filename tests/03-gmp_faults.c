/** @file 03-gmp_faults.c  Programs for a world that fails (FAULTS=1).
 *
 * One scenario a process: 03-gmp_faults NAME. Each uses what it can of the
 * runtime, counts what comes of it, and prints nothing if all is right. They
 * are right on any build; tests/faults.bats says what fails meanwhile.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schedt.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); exit(1); } } while (0)

// ---- Coroutines ------------------------------------------------------------

static void
count_to(void *arg)
{
    for (intptr_t i = 1; i <= (intptr_t)arg; i++)
        go_coro_yield((void *)i);
}

// What cannot be made is refused with ENOMEM. The rest count as they should.
static int
coroutines(void)
{
    enum { N = 200 };
    struct go_coro *co[N];

    for (intptr_t i = 0; i < N; i++) {
        errno = 0;
        co[i] = go_coro_new(count_to, (void *)(i % 5));
        REQUIRE(co[i] != NULL || errno == ENOMEM);
    }
    for (intptr_t k = 1; k <= 6; k++)
        for (intptr_t i = 0; i < N; i++)
            if (co[i] != NULL)
                REQUIRE((intptr_t)go_coro_resume(co[i]) == (k <= i % 5 ? k : 0));
    for (intptr_t i = 0; i < N; i++) {
        REQUIRE(co[i] == NULL || go_coro_done(co[i]));
        go_coro_free(co[i]);
    }
    return 0;
}

// ---- Many goroutines -------------------------------------------------------

static ATOMIC(int) done;

static void
leaf(int *value, int add)
{
    *value += add;
    go_gosched();
    *value += add;
    atomic_add(&done, 1);
}

static void
locked_leaf(void)
{
    go_lock_os_thread();
    go_gosched();
    REQUIRE(go_id() > 1);
    // Half of them take their thread along.
    if (go_id() % 2 == 0)
        go_unlock_os_thread();
    atomic_add(&done, 1);
}

// Uses much of its stack, which may be larger than others', and says so.
static void
deep_leaf(int bytes)
{
    volatile char deep[bytes];

    for (int i = 0; i < bytes; i += 512)
        deep[i] = 1;
    REQUIRE(deep[0] == 1);
    REQUIRE(go_stack_high_water() >= (size_t)bytes - 512);
    atomic_add(&done, 1);
}

static void
branch(int n)
{
    struct go_waitgroup wg = {0};
    int values[10] = {0};

    for (int i = 0; i < n; i++)
        go_waitgroup_go(&wg, leaf, &values[i], i + 1);
    go_gosched();
    go_waitgroup_wait(&wg);
    for (int i = 0; i < n; i++)
        REQUIRE(values[i] == 2 * (i + 1));
    atomic_add(&done, 1);
}

static int
crowd_main(int rounds, char **argv)
{
    static const struct go_attr large = { .name = "large", .stack_max = 200000 };
    struct go_waitgroup wg = {0};
    int expected = 0;

    (void)argv;
    atomic_store(&done, 0);
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < 18; i++)
            go_waitgroup_go(&wg, branch, 10);
        for (int i = 0; i < 2; i++)
            go_waitgroup_go(&wg, locked_leaf);
        for (int i = 0; i < 20; i++)
            go_with(&large, deep_leaf, 150000);
        expected += 18 * 11 + 2 + 20;
        go_gomaxprocs(1 + round % 4);
        if (round % 3 == 0)
            go_waitgroup_wait(&wg);
    }
    go_waitgroup_wait(&wg);
    while (atomic_load(&done) < expected)
        go_gosched();
    REQUIRE(atomic_load(&done) == expected);
    REQUIRE(go_gomaxprocs(0) == 1 + (rounds - 1) % 4);
    return 7;
}

// 2,200 goroutines that wait for one another. Then some more: a run begins with
// what the one before has left.
static int
crowd(void)
{
    REQUIRE(go_run(crowd_main, 10, NULL) == 7);
    REQUIRE(go_run(crowd_main, 2, NULL) == 7);
    return 0;
}

// ---- Wake-ups of the run before --------------------------------------------

static ATOMIC(unsigned) turns;
static ATOMIC(bool) enough;

static void
takes_turns(void)
{
    while (!atomic_load(&enough)) {
        atomic_add(&turns, 1);
        go_gosched();
    }
}

// With one p, nobody else runs until goroutine 1 lets them.
static int
alone_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(4);
    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, takes_turns);
    while (atomic_load(&turns) == 0)
        ;
    go_gomaxprocs(1);

    unsigned before = atomic_load(&turns);

    for (volatile int i = 0; i < 1000000; i++)
        ;
    REQUIRE(atomic_load(&turns) == before);
    atomic_store(&enough, true);
    go_waitgroup_wait(&wg);
    return 0;
}

static int
empty_main(int argc, char **argv)
{
    return argc + (argv != NULL);
}

// The end of a run wakes its thread, perhaps once more than it sleeps.
static int
stale_wake(void)
{
    // Goroutine 1 computes to show that nobody else runs: nobody shall stop it.
    REQUIRE(setenv("GODEBUG", "asyncpreemptoff=1", 1) == 0);
    REQUIRE(go_run(empty_main, 0, NULL) == 0);
    return go_run(alone_main, 0, NULL);
}

// ---- Stopped again and again -------------------------------------------------

static void
compute(void)
{
    for (volatile int i = 0; i < 100000000; i++)
        ;
}

static int
computes_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(4);
    for (int i = 0; i < 20; i++)
        go_waitgroup_go(&wg, compute);
    go_waitgroup_wait(&wg);
    return 0;
}

// Goroutines that are stopped in the midst of it, and go on on other threads.
static int
computes(void)
{
    return go_run(computes_main, 0, NULL);
}

// ---- Few threads -----------------------------------------------------------

static void
nothing(void)
{
}

static int
wait_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, nothing);
    go_waitgroup_wait(&wg);
    return 0;
}

static int
waits(void)
{
    return go_run(wait_main, 0, NULL);
}

static ATOMIC(bool) seen;

static void
set_seen(void)
{
    atomic_store(&seen, true);
}

// Goroutine 1 computes, and another one is needed.
static int
spin_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_start(set_seen);
    while (!atomic_load(&seen))
        ;
    return 0;
}

static int
spins(void)
{
    return go_run(spin_main, 0, NULL);
}

// ---- Guards ----------------------------------------------------------------

static __attribute__((noinline)) int
dive(volatile char *above)
{
    volatile char here[1024];

    here[0] = *above;
    if (here[0] != 0)
        return 0;
    return dive(here) + here[0];
}

static void
overflows(void)
{
    volatile char c = 0;

    exit(dive(&c));
}

static int
overflow_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, overflows);
    go_waitgroup_wait(&wg);
    return 0;
}

static int
overflow(void)
{
    return go_run(overflow_main, 0, NULL);
}

// Writes a little beyond its stack. Nothing of importance lies there.
static void
oversteps(void)
{
    memset((char *)getg()->stack.lo - 512, 0xee, 1024);
    go_gosched();
}

static int
overstep_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, oversteps);
    go_waitgroup_go(&wg, nothing);
    go_waitgroup_wait(&wg);
    return 0;
}

static int
overstep(void)
{
    return go_run(overstep_main, 0, NULL);
}

static ATOMIC(int) began;

static void
parks(struct go_waitgroup *gate, int *value)
{
    atomic_add(&began, 1);
    go_waitgroup_wait(gate);
    ++*value;
}

// n goroutines wait at the same time, each on a stack of its own. Then some of
// these stacks are used again.
static int
park_main(int n, char **argv)
{
    static int value[20000];
    struct go_waitgroup gate = {0}, wg = {0};

    (void)argv;
    for (int round = 1; round <= 2; round++) {
        go_waitgroup_add(&gate, 1);
        for (int i = 0; i < n; i++)
            go_waitgroup_go(&wg, parks, &gate, &value[i]);
        REQUIRE(go_num_goroutine() == n + 1);
        // Who has not begun has no stack yet (chapter 4).
        while (atomic_load(&began) < round * n)
            go_gosched();
        go_waitgroup_done(&gate);
        go_waitgroup_wait(&wg);
        for (int i = 0; i < n; i++)
            REQUIRE(value[i] == round);
        // Who is done may be a moment before its end.
        while (go_num_goroutine() > 1)
            go_gosched();
    }
    memset(value, 0, sizeof(value));
    atomic_store(&began, 0);
    return 0;
}

static int
many_park(void)
{
    return go_run(park_main, 20000, NULL);
}

// The number of lines in /proc/self/maps.
static int
mappings(void)
{
    FILE *file = fopen("/proc/self/maps", "r");
    int n = 0;

    REQUIRE(file != NULL);
    for (int c; (c = getc(file)) != EOF;)
        n += c == '\n';
    fclose(file);
    return n;
}

static int
some_park(void)
{
    static char buffer[1 << 16];
    int before;

    setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
    before = mappings();
    go_run(park_main, 1000, NULL);
    // As a number, because it is the caller who knows which guards there are.
    printf("%d mappings more\n", mappings() - before);
    return 0;
}

// Goroutines that ended have given back the memory of their stacks. Then new
// ones have these stacks.
static int
cool_main(int argc, char **argv)
{
    struct sched *s = getg()->m->sched;

    (void)argc;
    (void)argv;
    for (int round = 0; round < 3; round++) {
        bool cold = false;

        park_main(3000, NULL);
        while (!cold) {
            go_gosched();
            lock(&s->gfree_lock);
            cold = s->gfree == NULL && s->gfree_cold != NULL;
            unlock(&s->gfree_lock);
        }
    }
    return 0;
}

static int
cool(void)
{
    return go_run(cool_main, 0, NULL);
}

// ---- Memory that stays -----------------------------------------------------

static void
uses(size_t bytes, size_t *high_water)
{
    volatile char deep[bytes];

    for (size_t i = 0; i < bytes; i += 512)
        deep[i] = 1;
    *high_water = go_stack_high_water();
    REQUIRE(deep[0] == 1);
}

// With GODEBUG=stackfill=1 a goroutine sees nothing of the one before it.
static int
fill_main(int argc, char **argv)
{
    size_t bytes[2] = { 40000, 1000 }, high_water;

    (void)argc;
    (void)argv;
    for (int i = 0; i < 10; i++) {
        struct go_waitgroup wg = {0};

        go_waitgroup_go(&wg, uses, bytes[i % 2], &high_water);
        go_waitgroup_wait(&wg);
        REQUIRE(high_water >= bytes[i % 2] - 512);
        REQUIRE(high_water <= bytes[i % 2] + 8000);
    }
    return 0;
}

static int
stackfill(void)
{
    return go_run(fill_main, 0, NULL);
}

static ATOMIC(int) handled;

static void
handles(int sig)
{
    volatile char here[4096];

    memset((char *)here, sig, sizeof(here));
    atomic_store(&handled, here[1]);
}

// After a run, signals that ask for a signal stack have one, or none.
static int
signal_later(void)
{
    struct sigaction action = { .sa_handler = handles, .sa_flags = SA_ONSTACK };

    REQUIRE(go_run(empty_main, 0, NULL) == 0);
    REQUIRE(sigaction(SIGUSR1, &action, NULL) == 0);
    REQUIRE(raise(SIGUSR1) == 0);
    REQUIRE(atomic_load(&handled) == SIGUSR1);
    return 0;
}

static void
keeps_secret(struct go_waitgroup *gate, bool secret)
{
    uintptr_t page = (getg()->stack.lo + 32768) & -4096ul;

    if (secret)
        REQUIRE(mlock((void *)page, 4096) == 0);
    go_waitgroup_wait(gate);
}

// The kernel discards the pages of a slab as far as the one that is locked.
static int
secret_main(int argc, char **argv)
{
    struct go_waitgroup gate = {0}, wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_add(&gate, 1);
    for (int i = 0; i < 1000; i++)
        go_waitgroup_go(&wg, keeps_secret, &gate, i % 100 == 50);
    go_waitgroup_done(&gate);
    go_waitgroup_wait(&wg);
    return 0;
}

static int
locked_memory(void)
{
    for (int i = 0; i < 5; i++)
        REQUIRE(go_run(secret_main, 0, NULL) == 0);
    return 0;
}

// ---- GOMAXPROCS ------------------------------------------------------------

static int
procs_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    printf("%d\n", go_gomaxprocs(0));
    return 0;
}

static int
procs(void)
{
    return go_run(procs_main, 0, NULL);
}

static const struct {
    const char *name;
    int (*fn)(void);
} scenarios[] = {
    { "coroutines", coroutines },
    { "crowd", crowd },
    { "stale-wake", stale_wake },
    { "computes", computes },
    { "waits", waits },
    { "spins", spins },
    { "overflow", overflow },
    { "overstep", overstep },
    { "many-park", many_park },
    { "some-park", some_park },
    { "cool", cool },
    { "stackfill", stackfill },
    { "signal-later", signal_later },
    { "locked-memory", locked_memory },
    { "procs", procs },
};

int
main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "03-gmp_faults: which scenario?\n");
    return 2;
}
