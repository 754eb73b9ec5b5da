/** @file slices.c  What preemption costs, and how long one waits for it.
 *
 * A line each: name, number.
 */
#include <stdio.h>
#include <stdlib.h>

#include "preempt.h"
#include "proc.h"

enum { TURNS = 101, MANY = 20000000 };

static volatile unsigned long rounds;
static volatile bool stop;

static void
spins(void)
{
    while (!stop)
        rounds++;
}

static int
ascending(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void
say_turns(void)
{
    static int64_t turn[TURNS];

    for (int i = 0; i < TURNS; i++) {
        const int64_t begin = world.now();

        go_gosched();
        turn[i] = world.now() - begin;
    }
    qsort(turn, TURNS, sizeof(turn[0]), ascending);
    printf("slice %.1f\n", SLICE / 1e6);
    printf("turn %.1f\n", (double)turn[TURNS / 2] / 1e6);
    printf("longest-turn %.1f\n", (double)turn[TURNS - 1] / 1e6);
}

static void
say_checkpoint(void)
{
    int64_t least = INT64_MAX;

    for (int pass = 0; pass < 10; pass++) {
        const int64_t begin = world.now();

        for (int i = 0; i < MANY / 10; i++)
            go_checkpoint();

        const int64_t took = world.now() - begin;

        if (took < least)
            least = took;
    }
    printf("checkpoint %.2f\n", (double)least / (MANY / 10));
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    say_checkpoint();
    go(spins);
    go_gosched();
    say_turns();
    stop = true;
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
