/** @file room-for-one.c  How many values are in a channel with room for one,
 * while somebody waits to send, and one has just been received?
 */
#include <goroutine.h>
#include <stdio.h>

static void
sends(go_chan(int) ch)
{
    for (int i = 1; i <= 3; i++)
        go_send(ch, i);
}

static int
go_main(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 1);

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go(sends, ch);
    go_gosched();
    (void)go_recv(ch);

    size_t kept = go_len(ch);

    printf("%zu %s kept\n", kept, kept == 1 ? "is" : "are");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
