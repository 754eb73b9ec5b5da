/** @file comes-back.c  Numbers that are in vector registers when the signal comes. */
#include <goroutine.h>
#include <stdio.h>

enum { TIMES = 40000000 };

typedef float four __attribute__((vector_size(16)));

static four result[2];

// Four numbers that stay what they are; unless somebody changes a register.
static void
multiplies(int which)
{
    four x = { 1, 2, 3, 4 }, by = { -1, -1, -1, -1 };

    if (which == 1)
        x += 4;
    for (int i = 0; i < TIMES; i++)
        x *= by;
    result[which] = x;
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup both = {0};
    bool right[2] = { true, true };

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    for (int i = 0; i < 2; i++)
        go_waitgroup_go(&both, multiplies, i);
    go_waitgroup_wait(&both);
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 4; k++)
            right[i] &= result[i][k] == (float)(1 + k + 4 * i);
    printf("%s\n", right[0] && right[1] ? "both are right"
         : !right[0] && !right[1]      ? "both are wrong"
                                       : "one of them is wrong");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
