/** @file in-order.c  Six numbers go through a channel with room for two. */
#include <goroutine.h>
#include <stdio.h>

static void
sends(go_chan(int) ch)
{
    for (int i = 1; i <= 6; i++)
        go_send(ch, i);
    go_close(ch);
}

static int
go_main(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 2);

    (void)argc;
    (void)argv;
    // So that a mistake is the same each time.
    go_gomaxprocs(1);
    go(sends, ch);
    go_gosched();
    printf("received:");
    go_range(n, ch)
        printf(" %d", n);
    printf("\n");
    go_free_chan(ch);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
