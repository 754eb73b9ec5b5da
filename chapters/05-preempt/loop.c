/** @file loop.c  One p, and a loop that calls nothing. */
#include <goroutine.h>
#include <stdio.h>

static volatile bool stop;
static volatile unsigned long rounds;

static void
computes(void)
{
    while (!stop)
        rounds++;
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go(computes);
    while (rounds == 0)
        go_gosched();
    stop = true;
    printf("stopped\n");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
