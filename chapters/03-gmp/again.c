/** @file again.c  One goroutine ends, and the next one begins. */
#include <goroutine.h>
#include <stdint.h>
#include <stdio.h>

static uint64_t id[2];
static uintptr_t local[2];      // where a local variable of each stands

static void
leaves_traces(int which)
{
    volatile int here = which;

    id[which] = go_id();
    local[which] = (uintptr_t)&here;
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    for (int i = 0; i < 2; i++) {
        struct go_waitgroup wg = {0};

        go_waitgroup_go(&wg, leaves_traces, i);
        go_waitgroup_wait(&wg);
    }
    printf("%s number, %s stack\n", id[0] == id[1] ? "same" : "another",
           local[0] == local[1] ? "same" : "another");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
