/** @file tree.c  A tree is summed up, and spreads over the p's by itself.
 *
 * Each node sums its left side by a goroutine of its own, and its right side
 * itself. All goroutines come to the ring of one p. The p's that have nothing
 * to do steal from there, half at a time: of this tree, nearly half of the
 * whole at once.
 */
#include <goroutine.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { DEPTH = 14 };

static atomic_ulong first;      // the thread of the leaf that came first, or 0
static atomic_int others;

static long
seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

// The first leaf waits, and computes, until another thread has a leaf. It could
// wait for ever if nobody stole.
static long
leaf(void)
{
    unsigned long me = (unsigned long)pthread_self(), was = 0;

    if (atomic_compare_exchange_strong(&first, &was, me)) {
        const long end = seconds() + 20;

        while (atomic_load(&others) == 0 && seconds() < end)
            ;
    } else if (was != me) {
        atomic_fetch_add(&others, 1);
    }
    return 1;
}

static void
sum_up(int depth, long *sum)
{
    struct go_waitgroup side = {0};
    long left = 0, right = 0;

    if (depth == 0) {
        *sum = leaf();
        return;
    }
    go_waitgroup_go(&side, sum_up, depth - 1, &left);
    sum_up(depth - 1, &right);
    go_waitgroup_wait(&side);
    *sum = left + right;
}

static int
go_main(int argc, char **argv)
{
    long sum = 0;

    (void)argc;
    (void)argv;
    go_gomaxprocs(2);
    sum_up(DEPTH, &sum);
    printf("the tree has %ld leaves\n", sum);
    printf("%s\n", atomic_load(&others) > 0 ? "two threads have summed them up"
                                            : "one thread has summed them up");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
