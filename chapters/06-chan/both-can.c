/** @file both-can.c  A select of two cases that can both be done, 10,000 times. */
#include <goroutine.h>
#include <stdio.h>

enum { TIMES = 10000 };

static int
go_main(int argc, char **argv)
{
    go_chan(int) a = go_make_chan(int, 1), b = go_make_chan(int, 1);
    int first = 0, changes = 0, last = -1;

    (void)argc;
    (void)argv;
    go_send(a, 1);
    go_send(b, 1);
    for (int i = 0; i < TIMES; i++) {
        const int k = go_select(go_case_recv(a, NULL), go_case_recv(b, NULL));

        go_send(k == 0 ? a : b, 1);
        first += k == 0;
        changes += k != last;
        last = k;
    }
    if (first == TIMES)
        printf("always\n");
    else if (first == 0)
        printf("never: it is the last that counts\n");
    else if (changes == TIMES)
        printf("every other time, exactly\n");
    else if (first > TIMES * 4 / 10 && first < TIMES * 6 / 10)
        printf("about half of the time\n");
    else
        printf("%d times of %d\n", first, TIMES);
    go_free_chan(a);
    go_free_chan(b);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
