/** @file 07-sync_alone.c  One goroutine runs, on one of several p's, and then another.
 *
 * 07-sync_alone NAME. Each prints nothing if all is well. CHECK_SHARE says how many
 * percent of the rounds are done. What the explorer tries
 * step by step (07-sync_explore-alone.c) is done here by real threads, with real
 * fences.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "goroutine.h"

#include "alone.h"
#include "epoch.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); exit(1); } } while (0)

static int
share(int n)
{
    const char *percent = getenv("CHECK_SHARE");

    n = percent != NULL ? n * atoi(percent) / 100 : n;
    return n < 1 ? 1 : n;
}

static bool
is_alone(void)
{
    return atomic_load(&alone_now.alone);
}

static void
until_alone(void)
{
    for (int i = 0; i < 10000 && !is_alone(); i++)
        usleep(1000);
    REQUIRE(is_alone());
}

// ---- Who is alone ------------------------------------------------------------

static bool runs, stop;

static void
computes(void)
{
    go_store(&runs, true);
    while (!go_load(&stop))
        ;
}

// Another goroutine runs beside this one, and ends.
static void
another(void)
{
    go_store(&runs, false);
    go_store(&stop, false);
    go(computes);
    while (!go_load(&runs))
        ;
    REQUIRE(!is_alone());
    go_store(&stop, true);
    until_alone();
}

// Without world.fence_all one of several is never alone.
static void
nobody(void)
{
    go_store(&stop, false);
    go(computes);
    while (!go_load(&runs))
        REQUIRE(!is_alone());
    go_store(&stop, true);
    for (int i = 0; i < 1000; i++)
        REQUIRE(!is_alone());
    go_gomaxprocs(1);
    until_alone();
}

static void
states(void)
{
    if (!atomic_load_relaxed(&epoch.unfenced)) {
        nobody();
        return;
    }
    until_alone();
    another();
    go_gomaxprocs(1);
    until_alone();
    go_gomaxprocs(3);
    until_alone();
    another();
}

// ---- Steps, while another is woken -------------------------------------------

enum { ROUNDS = 200, TIMES = 300 };

static struct go_mutex mu;
static struct go_rwmutex rw;
static struct go_waitgroup wg;
static go_chan(int) ch;
static long locked, written;
static bool done;

// Nothing of this comes to the scheduler while nobody else does it.
static void
each_once(void)
{
    int v;

    go_mutex_lock(&mu);
    locked++;
    go_mutex_unlock(&mu);
    go_rwmutex_rlock(&rw);
    go_rwmutex_runlock(&rw);
    go_rwmutex_lock(&rw);
    written++;
    go_rwmutex_unlock(&rw);
    go_waitgroup_add(&wg, 1);
    go_waitgroup_done(&wg);
    if (go_try_send(ch, 1) && go_try_recv(ch, &v))
        REQUIRE(v == 1);
}

static void
does_the_same(void)
{
    for (int i = 0; i < TIMES; i++)
        each_once();
    go_store(&done, true);
}

// This one never lets others run, so sysmon has to: in the midst of its steps.
static void
rescued(void)
{
    long times = 0;

    ch = go_make_chan(int, 4);
    for (int round = 0; round < share(ROUNDS); round++) {
        go_store(&done, false);
        go(does_the_same);
        for (times += TIMES; !go_load(&done); times++)
            each_once();
        REQUIRE(locked == times && written == times);
    }
    while (go_len(ch) > 0) {
        int v;

        REQUIRE(go_try_recv(ch, &v) && v == 1);
    }
    go_waitgroup_wait(&wg);
    go_free_chan(ch);
}

// ---- A thread that sleeps ----------------------------------------------------

// Who waits behind it is fetched by sysmon.
static void
sleeps(void)
{
    for (int round = 0; round < 3; round++) {
        go_store(&stop, true);
        go_store(&runs, false);
        go(computes);
        for (int i = 0; i < 1000 && !go_load(&runs); i++)
            usleep(10000);
        REQUIRE(go_load(&runs));
    }
}

static const struct scenario {
    const char *name;
    void (*run)(void);
} scenarios[] = {
    { "states", states }, { "rescued", rescued }, { "sleeps", sleeps },
};

static int
go_main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            scenarios[i].run();
            return 0;
        }
    fprintf(stderr, "07-sync_alone: which scenario?\n");
    return 3;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
