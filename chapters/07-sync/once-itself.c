/** @file once-itself.c  What is done once asks for itself to be done once.
 */
#include <goroutine.h>
#include <stdio.h>
#include <unistd.h>

static struct go_once once;
static int times;

static void
does_it(void)
{
    times++;
    go_once_do(&once, does_it);
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_once_do(&once, does_it);
    printf("done %s\n", times == 1 ? "once" : "twice");
    return 0;
}

int
main(int argc, char **argv)
{
    dup2(STDOUT_FILENO, STDERR_FILENO);         // the runtime's words, too
    return go_run(go_main, argc, argv);
}
