/** @file third.c  Two goroutines ready one another, on one p, and a third one
 * waits in the ring.
 */
#include <goroutine.h>
#include <stdio.h>

enum { ROUNDS = 10000 };

static struct go_waitgroup turn[2][ROUNDS + 1];
static int handed_on, seen = -1;

static void
hands_on(int me)
{
    for (int i = 0; i < ROUNDS; i++) {
        go_waitgroup_wait(&turn[me][i]);
        handed_on++;
        go_waitgroup_done(&turn[1 - me][i + me]);
    }
}

static void
third(void)
{
    seen = handed_on;
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    for (int i = 0; i <= ROUNDS; i++) {
        go_waitgroup_add(&turn[0][i], 1);
        go_waitgroup_add(&turn[1][i], 1);
    }
    go_waitgroup_go(&all, hands_on, 0);
    go_waitgroup_go(&all, hands_on, 1);
    go_gosched();
    go_waitgroup_go(&all, third);
    go_waitgroup_done(&turn[0][0]);
    go_waitgroup_wait(&all);
    if (seen == 0)
        printf("before they begin\n");
    else if (seen == 2 * ROUNDS)
        printf("when they are done\n");
    else
        printf("%s\n", seen < 100 ? "soon, and they go on" : "late");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
