/** @file behind.c  A goroutine readies another one, and then computes. There are
 * two p's, and the second one sleeps. When does the other goroutine run?
 */
#include <goroutine.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static atomic_bool ran;

static long
microseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000L + t.tv_nsec / 1000;
}

static void
runs(void)
{
    atomic_store(&ran, true);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(2);

    const long start = microseconds();

    go_waitgroup_go(&all, runs);
    while (!atomic_load(&ran) && microseconds() - start < 5000000)
        ;

    const long after = microseconds() - start;

    if (!atomic_load(&ran))
        printf("when the first one waits\n");
    else
        printf("%s\n", after < 300 ? "at once" : "a little later");
    go_waitgroup_wait(&all);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
