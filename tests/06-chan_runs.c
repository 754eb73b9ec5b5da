/** @file 06-chan_runs.c  Channels, and more than one go_run.
 *
 * One scenario a process: 06-chan_runs NAME.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "goroutine.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); \
    fflush(stdout); _exit(1); } } while (0)

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
sleeps(double seconds)
{
    usleep((useconds_t)(seconds * 1e6));
}

static go_chan(long) ch;

// ---- Who waited is no more -------------------------------------------------

static void
receives(void)
{
    (void)go_recv(ch);
}

static void
selects(void)
{
    go_select(go_case_recv(ch, NULL));
}

static int
some_wait(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    ch = go_make_chan(long, 0);
    go(receives);
    go(selects);
    for (int i = 0; i < 100; i++)
        go_gosched();
    return 0;
}

static int
frees(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_free_chan(ch);
    return 0;
}

static int
freed_later(void)
{
    return go_run(some_wait, 0, NULL) | go_run(frees, 0, NULL);
}

// ---- A channel belongs to its run --------------------------------------------

static int
sends(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_send(ch, 1L);
    return 0;
}

static int
in_select(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return go_select(go_case_recv(ch, NULL), go_case_default);
}

static int
used_later(int (*uses)(int argc, char **argv))
{
    return go_run(some_wait, 0, NULL) | go_run(uses, 0, NULL);
}

// ---- Who is left behind ----------------------------------------------------

// Two still use what they used: with steps that are whole, also if the next run
// has one p.
static long left, kept;
static int begun, counted;

static void
sends_and_receives(void)
{
    const double end = now() + 1;
    long n = 0, v;

    go_preempt_disable();
    go_add(&begun, 1);
    while (now() < end)
        for (int i = 0; i < 1000; i++) {
            n += go_try_send(ch, 1L);
            n -= go_try_recv(ch, &v);
        }
    go_add(&left, n);
    if (go_add(&counted, 1) == 2) {
        go_store(&kept, (long)go_len(ch));
        go_add(&counted, 1);
    }
    for (;;)
        sleeps(1);
}

static int
two_stay(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(3);
    ch = go_make_chan(long, 4);
    go(sends_and_receives);
    go(sends_and_receives);
    while (go_load(&begun) < 2)
        sleeps(1e-3);
    return 0;
}

static int
looks(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    while (go_load(&counted) < 3)
        sleeps(1e-3);
    REQUIRE(left == kept);
    fflush(stdout);
    _exit(0);
}

static int
left_behind(void)
{
    return go_run(two_stay, 0, NULL) | go_run(looks, 0, NULL);
}

// ----------------------------------------------------------------------------

int
main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "freed-later") == 0)
        return freed_later();
    if (argc == 2 && strcmp(argv[1], "used-later") == 0)
        return used_later(sends);
    if (argc == 2 && strcmp(argv[1], "select-later") == 0)
        return used_later(in_select);
    if (argc == 2 && strcmp(argv[1], "left-behind") == 0)
        return left_behind();
    fprintf(stderr, "06-chan_runs: which scenario?\n");
    return 3;
}
