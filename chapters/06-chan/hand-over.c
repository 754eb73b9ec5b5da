/** @file hand-over.c  Two send to a channel without room, and main receives. */
#include <goroutine.h>

static void
sends(go_chan(int) ch, int n)
{
    for (int i = 0; i < n; i++)
        go_send(ch, i);
}

static int
go_main(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 0);

    (void)argc;
    (void)argv;
    go(sends, ch, 2);
    go(sends, ch, 1);
    for (int i = 0; i < 3; i++)
        (void)go_recv(ch);
    go_free_chan(ch);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
