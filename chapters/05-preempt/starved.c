/** @file starved.c  One p: a goroutine computes, calls nothing for long, and a heart
 * should beat meanwhile.
 */
#include <goroutine.h>
#include <stdio.h>
#include <time.h>

enum { LONG = 200000000 };      // ns that it computes

static volatile bool computing, done;
static volatile int beats;

static void
heart(void)
{
    while (!done) {
        beats += computing;
        go_gosched();
    }
}

static void
hog(void)
{
    struct timespec begin, now;

    computing = true;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    do {
        for (volatile int i = 0; i < 200000; i++)
            continue;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    } while ((now.tv_sec - begin.tv_sec) * 1000000000 + now.tv_nsec - begin.tv_nsec < LONG);
    computing = false;
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup one = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go(heart);
    go_waitgroup_go(&one, hog);
    go_waitgroup_wait(&one);
    done = true;
    printf("while the hog computed, the heart %s\n",
           beats == 0 ? "stood still" : beats < 5 ? "hardly beat" : "beat");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
