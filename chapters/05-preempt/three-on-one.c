/** @file three-on-one.c  One p, two goroutines that compute, and a heart that beats
 * whenever it is let.
 */
#include <goroutine.h>

static volatile int left = 2;

static void
computes(void)
{
    for (volatile long i = 0; i < 40000000; i++)
        continue;
    left = left - 1;
}

static void
heart(void)
{
    while (left > 0)
        go_gosched();
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_go(&all, heart);
    go_waitgroup_go(&all, computes);
    go_waitgroup_go(&all, computes);
    go_waitgroup_wait(&all);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
