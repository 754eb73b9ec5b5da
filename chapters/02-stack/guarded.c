/** @file guarded.c  The same recursion, in a goroutine of the library.
 *
 * guarded N: how many numbers. With many of them the stack overflows, and the
 * goroutine is named.
 */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((noinline)) static long
add(long from)
{
    volatile long frame[16];

    frame[from % 16] = from;
    return from == 0 ? 0 : add(from - 1) + frame[from % 16];
}

static void
adds(long n, struct go_waitgroup *wg)
{
    printf("added 1 to %ld: %s\n", n,
           add(n) == n * (n + 1) / 2 ? "right" : "wrong");
    go_waitgroup_done(wg);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    go_waitgroup_add(&wg, 1);
    go(adds, argc > 1 ? atol(argv[1]) : 10, &wg);
    go_waitgroup_wait(&wg);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
