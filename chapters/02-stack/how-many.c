/** @file how-many.c  How many goroutines fit into memory?
 *
 * Ten thousand stand still at the same time, shallow ones and then deep ones,
 * and the kernel says what they take.
 */
#include <stdio.h>

#include "../01-context/claim.h"
#include "runtime.h"

enum { N = 10000, GIB = 1 << 30, DEEP = 8 << 10 };

static long begun;
static bool on;
static long touched;

static long
resident_bytes(void)
{
    long pages = 0, all;
    FILE *f = fopen("/proc/self/statm", "r");

    if (f == NULL || fscanf(f, "%ld %ld", &all, &pages) != 2)
        pages = 0;
    if (f != NULL)
        fclose(f);
    return pages * (long)world.page_size();
}

__attribute__((noinline)) static void
stands(void)
{
    __atomic_add_fetch(&begun, 1, __ATOMIC_RELAXED);
    while (!__atomic_load_n(&on, __ATOMIC_RELAXED))
        go_gosched();
}

static void
shallow(void)
{
    stands();
}

static void
deep(void)
{
    volatile char frame[DEEP];

    for (int i = 0; i < DEEP; i += 512)
        frame[i] = 1;
    stands();
    __atomic_add_fetch(&touched, frame[0], __ATOMIC_RELAXED);
}

// Bytes that each of N goroutines takes.
static long
each(void (*fn)(void))
{
    const long before = resident_bytes();
    long after;

    __atomic_store_n(&begun, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&on, false, __ATOMIC_RELAXED);
    for (int i = 0; i < N; i++)
        go(fn);
    while (__atomic_load_n(&begun, __ATOMIC_RELAXED) < N)
        go_gosched();
    after = resident_bytes();
    __atomic_store_n(&on, true, __ATOMIC_RELAXED);
    while (go_num_goroutine() > 1)
        go_gosched();
    return (after - before) / N;
}

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static int
shallow_ones(int argc, char **argv)
{
    const long bytes = each(shallow);
    const long page = (long)world.page_size();
    const bool small = bytes < 2 * page;

    (void)argc;
    (void)argv;
    verdict("2.7 2.16 2.32 2.46", is(small && bytes * 1000000 < 16L * GIB),
            "ten thousand took a page or so each; a million would fit");
    verdict("2.8 2.17", is(small),
            "most stand still with few frames: a page holds them");
    verdict("2.33", is(bytes * 1000000 > GIB),
            "a million would take some GiB here, and 2 or more in Go");
    verdict("2.22", bytes >= 2048 ? "half true" : "false",
            "at least: the g comes on top in Go; here each takes a page");
    return 0;
}

static int
deep_ones(int argc, char **argv)
{
    const long bytes = each(deep);

    (void)argc;
    (void)argv;
    verdict("2.23", is(bytes >= DEEP), "deep ones take what they have touched");
    return 0;
}

int
main(int argc, char **argv)
{
    // Two runs: the second does not find the memory of the first.
    go_run(shallow_ones, argc, argv);
    return go_run(deep_ones, argc, argv);
}
