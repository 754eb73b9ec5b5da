/** @file who-is-next.c  Whom does a yield go to? */
#include <goroutine.h>
#include <stdio.h>

static void
b(void *arg)
{
    (void)arg;
    printf("1");
    go_coro_yield(NULL);
    printf("2");
}

static void
a(void *arg)
{
    struct go_coro *co = arg;

    printf("a");
    go_coro_resume(co);
    printf("b");
    go_coro_yield(NULL);
    printf("c");
    go_coro_resume(co);
    printf("d");
}

int
main(void)
{
    struct go_coro *in_b = go_coro_new(b, NULL);
    struct go_coro *in_a = go_coro_new(a, in_b);

    if (in_a == NULL || in_b == NULL) {
        perror("go_coro_new");
        return 1;
    }
    go_coro_resume(in_a);
    printf(".");
    go_coro_resume(in_a);
    printf(".\n");
    go_coro_free(in_a);
    go_coro_free(in_b);
    return 0;
}
