/** @file main-returns.c  main starts two goroutines, and returns. */
#include <goroutine.h>
#include <stdio.h>

static void
say(const char *text)
{
    printf("%s ", text);
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go(say, "one");
    go(say, "two");
    say("main");
    return 0;
}

int
main(int argc, char **argv)
{
    int value = go_run(go_main, argc, argv);

    printf("after\n");
    return value;
}
