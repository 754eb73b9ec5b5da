/** @file 05-preempt_later.c  Stopping those who cannot be stopped at once: they are
 * in a library, or in the runtime, or left behind by an older run; and those who
 * must not be stopped where they are.
 *
 * One scenario a process: 05-preempt_later NAME. A goroutine that is never stopped
 * is waited for without end.
 */
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "goroutine.h"
#include "schedt.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); \
    fflush(stdout); _exit(1); } } while (0)

#define LOAD(p)     __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define STORE(p, v) __atomic_store_n(p, v, __ATOMIC_SEQ_CST)

static int ran, over;
static unsigned long turns;

// What is done in a library. (Not static: or nobody would need to do it.)
char room[1 << 20];
size_t room_bytes = sizeof(room);

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// For so long it does not compute, and the runtime does not know.
static void
sleeps(double seconds)
{
    usleep((useconds_t)(seconds * 1e6));
}

static void
nothing(void)
{
}

static void
tells(void)
{
    STORE(&ran, 1);
}

static void
computes_until_told(void)
{
    while (!LOAD(&ran))
        ;
}

// ---- The number of p's -----------------------------------------------------

static void
is_in_a_library(void)
{
    const size_t bytes = LOAD(&room_bytes);     // or it would be no call

    while (!LOAD(&over))
        memset(room, 1, bytes / 128);
}

// sysmon sleeps, for nobody has waited for long. The one signal that is sent finds
// the other one in the C library.
static void
stops_who_is_in_a_library(void)
{
    go(is_in_a_library);
    sleeps(0.4);
    go_gomaxprocs(3);
    STORE(&over, 1);
}

static void
counts_turns(void)
{
    for (;;)
        __atomic_add_fetch(&turns, 1, __ATOMIC_RELAXED);
}

// Who was stopped for that has its turn again.
static void
goes_on_after_it(void)
{
    unsigned long before;

    go(counts_turns);
    sleeps(0.4);
    go_gomaxprocs(1);
    before = LOAD(&turns);
    while (LOAD(&turns) == before)
        ;
}

static void
makes_it_one(void)
{
    go_gomaxprocs(1);
    go(tells);
    computes_until_told();
    STORE(&over, 1);
}

// Who does it may be on another p from then on, and is watched there.
static void
is_watched_after_it(void)
{
    go_gomaxprocs(4);
    go_gosched();
    go(makes_it_one);
    for (double end = now() + 1; now() < end && !LOAD(&over);)
        ;
    while (!LOAD(&over))
        go_gosched();
}

// ---- What an older run has left behind -------------------------------------

static void
wakes_up_late(void)
{
    for (int i = 0; i < 8; i++)
        sleeps(0.1);                    // which a signal may end
    go(nothing);
    STORE(&over, 1);
}

static int
first_run(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(wakes_up_late);
    sleeps(0.3);
    return 0;
}

static int
second_run(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    for (double end = now() + 1; now() < end;) {
        go(nothing);
        go_gosched();
        sleeps(1e-4);
    }
    go(tells);
    computes_until_told();
    return 0;
}

static int
left_behind(void)
{
    return go_run(first_run, 0, NULL) | go_run(second_run, 0, NULL);
}

// ---- A signal at a bad time ------------------------------------------------

static void
is_in_a_library_for_a_while(void)
{
    const size_t bytes = LOAD(&room_bytes);
    const double end = now() + 0.5;

    while (now() < end)
        for (int i = 0; i < 20; i++)
            memset(room, 1, bytes);
}

// Each slice it is asked more than once. (And it refuses each time: if it did stop,
// asked would begin anew.)
static void
is_asked_again(void)
{
    const struct p *p;
    uint32_t asked, refused;

    go_gomaxprocs(1);
    p = getg()->m->p;
    go(computes_until_told);            // somebody waits
    go_preempt_disable();
    is_in_a_library_for_a_while();
    asked = p->asked;
    refused = atomic_load_relaxed(&p->refused);
    STORE(&ran, 1);
    go_preempt_enable();
    REQUIRE(asked > 2);
    REQUIRE(2 * refused > 3 * asked);
}

// A thread that has gone to sleep meanwhile is left alone: a signal would only end
// its sleep, for which it has to ask again.
static void
sleeps_in_one_piece(void)
{
    const size_t bytes = LOAD(&room_bytes);

    go_gomaxprocs(1);
    go(computes_until_told);            // somebody waits
    for (int i = 0; i < 20; i++) {
        struct timespec left_to_sleep = { .tv_nsec = 30000000 };
        int interrupted = 0;

        for (double end = now() + 0.0045; now() < end;)
            memset(room, 1, bytes / 16);
        while (nanosleep(&left_to_sleep, &left_to_sleep) != 0)
            interrupted++;
        REQUIRE(interrupted <= 4);
    }
    STORE(&ran, 1);
}

// It calls nothing: so on some machines nothing of it is on the stack.
static long steps;
static int seen;

static int
compares(const void *a, const void *b)
{
    (void)a;
    (void)b;
    for (long i = 0; i < steps && !LOAD(&ran); i++)
        ;
    seen = LOAD(&ran);
    return 0;
}

// What older calls have left of the C library on the stack would give it away.
__attribute__((noinline)) static void
wipe_the_stack(void)
{
    volatile char was[16 << 10];

    for (size_t i = 0; i < sizeof(was); i++)
        was[i] = 0;
}

// What a library has called is not stopped, also if the library stands in a
// register only.
static void
stays_in_a_library(void)
{
    int key = 1, table[1] = { 1 };
    size_t n = 1;

    go_gomaxprocs(1);
    go(nothing);
    go_gosched();                       // its slice begins
    go(tells);
    wipe_the_stack();
    lfind(&key, table, &n, sizeof(table[0]), compares);
    REQUIRE(!seen);                     // nobody else had the processor
}

static void
has_an_errno(int mine)
{
    const double end = now() + 1;

    while (now() < end)
        for (int i = 0; i < 100000; i++) {
            errno = mine;
            REQUIRE(errno == mine);
        }
}

static void
errnos(void)
{
    struct go_waitgroup wg = {0};

    for (int i = 1; i <= 8; i++)
        go_waitgroup_go(&wg, has_an_errno, i);
    go_waitgroup_wait(&wg);
}

// ----------------------------------------------------------------------------

static const struct {
    const char *name;
    void (*run)(void);
    int (*runs)(void);
} scenarios[] = {
    { "in-a-library", stops_who_is_in_a_library, NULL },
    { "goes-on", goes_on_after_it, NULL },
    { "watched", is_watched_after_it, NULL },
    { "left-behind", NULL, left_behind },
    { "asked-again", is_asked_again, NULL },
    { "asleep", sleeps_in_one_piece, NULL },
    { "called", stays_in_a_library, NULL },
    { "errno", errnos, NULL },
};

static void (*chosen)(void);

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gosched();
    chosen();
    return 0;
}

int
main(int argc, char **argv)
{
    const char *percent = getenv("CHECK_SHARE");

    steps = 1000000L * (percent != NULL ? atoi(percent) : 100);
    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            chosen = scenarios[i].run;
            return chosen != NULL ? go_run(go_main, argc, argv)
                                  : scenarios[i].runs();
        }
    fprintf(stderr, "05-preempt_later: which scenario?\n");
    return 3;
}
