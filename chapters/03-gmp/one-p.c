/** @file one-p.c  Two goroutines, one p, and no lock. */
#include <goroutine.h>
#include <stdio.h>

enum { TIMES = 1000 };

static long sum;

static void
adds(void)
{
    for (int i = 0; i < TIMES; i++) {
        long old = sum;

        go_gosched();
        sum = old + 1;
    }
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup both = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_go(&both, adds);
    go_waitgroup_go(&both, adds);
    go_waitgroup_wait(&both);
    printf("sum %ld\n", sum);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
