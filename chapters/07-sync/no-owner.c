/** @file no-owner.c  One goroutine locks a mutex, and another one unlocks it.
 */
#include <goroutine.h>
#include <stdio.h>

static struct go_mutex mu;

static void
unlocks(void)
{
    go_mutex_unlock(&mu);
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_mutex_lock(&mu);
    go(unlocks);
    go_mutex_lock(&mu);
    printf("locked again\n");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
