/** @file freed-too-early.c  A channel is freed while two goroutines wait for it. */
#include <goroutine.h>

static void
receives(go_chan(int) ch)
{
    (void)go_recv(ch);
}

static void
selects(go_chan(int) ch, go_chan(int) other)
{
    go_select(go_case_recv(other, NULL), go_case_recv(ch, NULL));
}

static int
go_main(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 0), other = go_make_chan(int, 0);

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go(receives, ch);
    go_gosched();
    go(selects, ch, other);
    go_gosched();
    go_free_chan(ch);
    go_free_chan(other);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
