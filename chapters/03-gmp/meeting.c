/** @file meeting.c  20,000 times a goroutine waits while another one is done,
 * if possible at the same moment.
 */
#include <goroutine.h>
#include <stdio.h>

enum { TIMES = 20000 };

static int met;

static void
meets(void)
{
    met++;
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(2);
    for (int i = 0; i < TIMES; i++) {
        struct go_waitgroup wg = {0};

        go_waitgroup_go(&wg, meets);
        go_gosched();               // to the other p, if it is free
        go_waitgroup_wait(&wg);
    }
    printf("%d of %d met\n", met, TIMES);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
