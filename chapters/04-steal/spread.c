/** @file spread.c  One goroutine starts eight, all on its own p. Who runs where?
 *
 * The one that runs first computes until three others have ended. So whoever
 * steals must have come by then, however late the kernel wakes it.
 */
#include <goroutine.h>
#include <stdatomic.h>

static atomic_int begun, ended;

static void
works(void)
{
    volatile long sum = 0;
    const int me = atomic_fetch_add(&begun, 1);

    for (long i = 0; i < 1500000 || (me == 0 && atomic_load(&ended) < 3); i++)
        sum = sum + 1;
    atomic_fetch_add(&ended, 1);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(2);
    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&all, works);
    go_waitgroup_wait(&all);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
