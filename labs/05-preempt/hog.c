/** @file hog.c  One p, a goroutine that computes and calls nothing, and a
 * heartbeat.
 *
 * The hog ends when the heart has beaten five times, and nobody has told it to
 * let others run. Where nobody is made to stop, the heart does not beat even once.
 */
#include <goroutine.h>
#include <stdio.h>

enum { BEATS = 5 };

static volatile int beats;
static volatile unsigned long rounds;

static void
heart(void)
{
    while (beats < BEATS) {
        const unsigned long before = rounds;

        printf("beat %d\n", ++beats);
        while (beats < BEATS && rounds == before)
            go_gosched();
    }
}

static void
hog(void)
{
    while (beats < BEATS)
        rounds++;
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup both = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_go(&both, heart);
    go_waitgroup_go(&both, hog);
    go_waitgroup_wait(&both);
    printf("the hog computed in between: %s\n", rounds > 0 ? "yes" : "no");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
