/** @file deadlock.c  Three goroutines wait for each other, in a circle.
 *
 * The cook waits for the farmer, who waits for the miller, who waits for the
 * cook. main waits for all of them. Nobody runs, and nobody is left who could
 * change that: the runtime says so, and shows where each one stands.
 */
#include <goroutine.h>
#include <stdio.h>

static struct go_waitgroup bread, grain, flour;

static void
cook(void)
{
    go_waitgroup_wait(&grain);
    go_waitgroup_done(&bread);
}

static void
farmer(void)
{
    go_waitgroup_wait(&flour);
    go_waitgroup_done(&grain);
}

static void
miller(void)
{
    go_waitgroup_wait(&bread);
    go_waitgroup_done(&flour);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_add(&bread, 1);
    go_waitgroup_add(&grain, 1);
    go_waitgroup_add(&flour, 1);
    go_waitgroup_go(&all, cook);
    go_waitgroup_go(&all, farmer);
    go_waitgroup_go(&all, miller);
    printf("three have work to do\n");
    fflush(stdout);
    go_waitgroup_wait(&all);
    printf("the work is done\n");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
