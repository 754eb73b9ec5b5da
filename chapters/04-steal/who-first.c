/** @file who-first.c  Three goroutines are started, on one p. Who runs first? */
#include <goroutine.h>
#include <stdio.h>

static const char *order[3];
static int n;

static void
says(const char *name)
{
    order[n++] = name;
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_go(&all, says, "one");
    go_waitgroup_go(&all, says, "two");
    go_waitgroup_go(&all, says, "three");
    go_waitgroup_wait(&all);
    printf("%s %s %s\n", order[0], order[1], order[2]);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
