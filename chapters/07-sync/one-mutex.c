/** @file one-mutex.c  Two goroutines want one mutex, on one p.
 *
 * A has it three times, each time for more than a millisecond, and lets others
 * run meanwhile. B wants it once.
 */
#include <goroutine.h>
#include <stdio.h>
#include <time.h>

static struct go_mutex mu;
static int a_had, a_had_before_b;

static int64_t
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void
comes_often(void)
{
    for (int i = 0; i < 3; i++) {
        go_mutex_lock(&mu);
        a_had++;
        for (const int64_t since = now(); now() - since < 1200000;)
            ;
        go_gosched();
        go_mutex_unlock(&mu);
    }
}

static void
comes_once(void)
{
    go_mutex_lock(&mu);
    a_had_before_b = a_had;
    go_mutex_unlock(&mu);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup both = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_go(&both, comes_often);
    go_gosched();                       // until it has the mutex
    go_waitgroup_go(&both, comes_once);
    go_waitgroup_wait(&both);
    printf("A had it %d times before B, and %d in all\n", a_had_before_b, a_had);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
