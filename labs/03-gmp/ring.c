/** @file ring.c  1,000 goroutines in a ring hand a token on.
 *
 * Each waits for its turn, adds 1 to the token, and lets its neighbour go on.
 * No two of them ever touch the token at the same time, and yet nobody takes a
 * lock: whoever returns from go_waitgroup_wait sees what was done before
 * go_waitgroup_done.
 */
#include <goroutine.h>
#include <stdio.h>

enum { PLACES = 1000, LAPS = 5 };

static struct go_waitgroup turn[LAPS][PLACES];  // 1, until it is its turn
static struct go_waitgroup lap_ends[LAPS];      // 1, until the lap is over
static long token;

static void
stand(int place)
{
    for (int lap = 0; lap < LAPS; lap++) {
        go_waitgroup_wait(&turn[lap][place]);
        token++;
        if (place + 1 < PLACES)
            go_waitgroup_done(&turn[lap][place + 1]);
        else
            go_waitgroup_done(&lap_ends[lap]);
    }
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    for (int lap = 0; lap < LAPS; lap++) {
        go_waitgroup_add(&lap_ends[lap], 1);
        for (int place = 0; place < PLACES; place++)
            go_waitgroup_add(&turn[lap][place], 1);
    }
    for (int place = 0; place < PLACES; place++)
        go_waitgroup_go(&all, stand, place);
    printf("%d goroutines stand in a ring\n", go_num_goroutine() - 1);
    for (int lap = 0; lap < LAPS; lap++) {
        go_waitgroup_done(&turn[lap][0]);
        go_waitgroup_wait(&lap_ends[lap]);
        printf("lap %d: the token is %ld\n", lap + 1, token);
    }
    go_waitgroup_wait(&all);
    printf("the ring is empty\n");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
