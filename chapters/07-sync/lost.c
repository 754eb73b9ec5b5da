/** @file lost.c  20,000 times a goroutine acquires a semaphore while another one
 * releases it, if possible at the same moment.
 */
#include <goroutine.h>
#include <stdio.h>

enum { TIMES = 20000 };

static struct go_sema sema;

static void
releases(void)
{
    go_sema_release(&sema);
}

static int
go_main(int argc, char **argv)
{
    int met = 0;

    (void)argc;
    (void)argv;
    go_gomaxprocs(2);
    for (int i = 0; i < TIMES; i++) {
        struct go_waitgroup wg = {0};

        go_waitgroup_go(&wg, releases);
        go_sema_acquire(&sema);
        go_waitgroup_wait(&wg);
        met++;
    }
    printf("%d of %d met\n", met, TIMES);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
