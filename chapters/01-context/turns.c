/** @file turns.c  Two functions that take turns. Each adds up 1 to 10. */
#include <goroutine.h>
#include <stdio.h>

static struct go_coro *other;

// i is volatile, and so has a place in memory. sum may stay in a register.
static void
second(void *arg)
{
    long sum = 0;

    for (volatile int i = 1; i <= 10; i++) {
        sum += i;
        go_coro_yield(arg);
    }
    printf("second: %ld\n", sum);
}

static void
first(void)
{
    long sum = 0;

    for (volatile int i = 1; i <= 10; i++) {
        sum += i;
        go_coro_resume(other);
    }
    printf("first: %ld\n", sum);
}

int
main(void)
{
    other = go_coro_new(second, NULL);
    if (other == NULL) {
        perror("go_coro_new");
        return 1;
    }
    first();
    go_coro_resume(other);
    go_coro_free(other);
    return 0;
}
