/** @file many.c  A hundred thousand goroutines, alive at once.
 *
 * Each has a frame on a stack of its own, with numbers that nobody else has,
 * and stands still in the middle of it until all have begun. Another number
 * of goroutines: many N.
 */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

static long n = 100000;
static long begun, good;
static bool all_have_begun;

static void
stands(long number, struct go_waitgroup *wg)
{
    volatile long frame[16];

    for (int i = 0; i < 16; i++)
        frame[i] = number * 16 + i;
    __atomic_add_fetch(&begun, 1, __ATOMIC_RELAXED);
    while (!__atomic_load_n(&all_have_begun, __ATOMIC_RELAXED))
        go_gosched();

    bool same = true;

    for (int i = 0; i < 16; i++)
        same &= frame[i] == number * 16 + i;
    __atomic_add_fetch(&good, same, __ATOMIC_RELAXED);
    go_waitgroup_done(wg);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    if (argc > 1)
        n = atol(argv[1]);
    if (n < 1 || n > 1000000) {
        fprintf(stderr, "many N: how many goroutines? 1 to 1000000\n");
        return 2;
    }
    go_waitgroup_add(&wg, (int)n);
    for (long i = 0; i < n; i++)
        go(stands, i, &wg);
    while (__atomic_load_n(&begun, __ATOMIC_RELAXED) < n)
        go_gosched();
    printf("alive at once: %d, and main\n", go_num_goroutine() - 1);
    __atomic_store_n(&all_have_begun, true, __ATOMIC_RELAXED);
    go_waitgroup_wait(&wg);
    printf("%s found its own frame again\n", good == n ? "each" : "not each");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
