/** @file needs.c  How large must a goroutine's stack be?
 *
 * Nobody knows better than a run. Each function runs once with plenty of
 * stack, is measured, and then runs with just what it needs.
 */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

enum { PLENTY = 16 << 20, FRAME = 1024 };

// Each call takes a frame of a little more than FRAME bytes.
__attribute__((noinline)) static long
sum(long n)
{
    volatile char frame[FRAME];

    frame[n % FRAME] = (char)(n % 8);
    return n == 0 ? 0 : sum(n - 1) + frame[n % FRAME];
}

static void
deep(long n)
{
    __asm__ volatile("" : : "r"(sum(n)));
}

struct question {
    void (*fn)(long n);
    long n;
    size_t used;                // the answer
    struct go_waitgroup wg;     // waits for it
};

// A goroutine that finds the answer.
static void
measured(struct question *q)
{
    q->fn(q->n);
    q->used = go_stack_high_water();
    go_waitgroup_done(&q->wg);
}

// The least stack_max, a power of two, with which fn(n) can run as a
// goroutine. Found by letting it run with a stack of PLENTY bytes. go_with
// takes no less than GO_STACK_MIN.
static size_t
needs(void (*fn)(long n), long n)
{
    // [lab needs]
    struct question q = { .fn = fn, .n = n };
    size_t bytes = GO_STACK_MIN;

    go_waitgroup_add(&q.wg, 1);
    go_with((&(struct go_attr){ .stack_max = PLENTY }), measured, &q);
    go_waitgroup_wait(&q.wg);
    while (bytes < q.used)
        bytes *= 2;
    return bytes;
    // [lab needs]
}

static void
runs(long n, struct go_waitgroup *wg)
{
    deep(n);
    go_waitgroup_done(wg);
}

static int
go_main(int argc, char **argv)
{
    static const long depths[] = { 8, 100, 1500, 2 };

    (void)argc;
    (void)argv;
    for (int i = 0; i < 4; i++) {
        struct go_attr attr = { .stack_max = needs(deep, depths[i]) };
        struct go_waitgroup wg = {0};

        printf("%ld calls deep: %zu bytes\n", depths[i], attr.stack_max);
        fflush(stdout);
        go_waitgroup_add(&wg, 1);
        go_with(&attr, runs, depths[i], &wg);
        go_waitgroup_wait(&wg);
        printf("and it runs with that\n");
    }
    return 0;
}

int
main(int argc, char **argv)
{
    // What others left on a stack must not count.
    setenv("GODEBUG", "stackfill=1", 1);
    return go_run(go_main, argc, argv);
}
