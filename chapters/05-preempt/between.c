/** @file between.c  Two goroutines on one p add to a variable. Neither yields. */
#include <goroutine.h>
#include <stdio.h>

enum { TIMES = 1000000, ATTEMPTS = 20 };

static volatile long sum;

static void
adds(void)
{
    for (int i = 0; i < TIMES; i++) {
        const long old = sum;

        for (volatile int k = 0; k < 200; k++)
            continue;
        sum = old + 1;
    }
}

static int
go_main(int argc, char **argv)
{
    int wrong = 0;

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    for (int i = 0; i < ATTEMPTS && wrong == 0; i++) {
        struct go_waitgroup both = {0};

        sum = 0;
        go_waitgroup_go(&both, adds);
        go_waitgroup_go(&both, adds);
        go_waitgroup_wait(&both);
        wrong += sum != 2L * TIMES;
    }
    printf("%s\n", wrong > 0 ? "less than 2000000" : "2000000");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
