/** @file in-turn.c  Goroutines take turns, and a stack is used again. */
#include <goroutine.h>
#include <stdio.h>

static uintptr_t places[3];

static void
two_turns(int which)
{
    places[which] = (uintptr_t)__builtin_frame_address(0);
    go_gosched();
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(two_turns, 0);
    go(two_turns, 1);
    go_gosched();
    go_gosched();
    // Both have ended; the second was the last.
    go(two_turns, 2);
    go_gosched();
    go_gosched();
    return 0;
}

int
main(int argc, char **argv)
{
    go_run(go_main, argc, argv);
    printf("the third one stood %s\n", places[2] == places[1] ?
           "where the second had stood" : "elsewhere");
    return 0;
}
