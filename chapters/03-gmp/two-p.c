/** @file two-p.c  Three goroutines and two p's: who runs where? */
#include <goroutine.h>

static void
works(long turns)
{
    volatile long sum = 0;

    for (long i = 0; i < turns; i++) {
        for (long k = 0; k < 400000; k++)
            sum = sum + k;
        go_gosched();
    }
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(2);
    for (long turns = 2; turns <= 4; turns++)
        go_waitgroup_go(&all, works, turns);
    go_waitgroup_wait(&all);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
