/** @file what-is-left.c  A channel is closed, and still has two values. */
#include <goroutine.h>
#include <stdio.h>

static int
go_main(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 3);

    (void)argc;
    (void)argv;
    go_send(ch, 1);
    go_send(ch, 2);
    go_close(ch);

    int first = go_recv(ch), second = go_recv(ch), third = go_recv(ch);

    printf("%d %d %d\n", first, second, third);
    go_free_chan(ch);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
