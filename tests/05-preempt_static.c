/** @file 05-preempt_static.c  Two loops that ask: also for a static program, in
 * which the user's code cannot be told from the C library's.
 */
#include <goroutine.h>
#include <stdio.h>

static volatile unsigned long count[2];
static volatile bool stop;

static void
spin(int i)
{
    while (!stop) {
        count[i]++;
        go_checkpoint();
    }
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(spin, 0);
    go(spin, 1);
    while (count[0] == 0 || count[1] == 0)
        go_gosched();
    stop = true;
    puts("both ran");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
