/** @file no-channel.c  A select with a case that sends to NULL. */
#include <goroutine.h>
#include <stdio.h>

static int
go_main(int argc, char **argv)
{
    static const char *const done[] = { "received", "sent to NULL", "the default" };
    go_chan(int) ch = go_make_chan(int, 1), none = NULL;

    (void)argc;
    (void)argv;
    go_send(ch, 1);
    for (int i = 0; i < 2; i++)
        printf("%s%s", i > 0 ? ", then " : "",
               done[go_select(go_case_recv(ch, NULL), go_case_send(none, 2),
                              go_case_default)]);
    printf("\n");
    go_free_chan(ch);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
