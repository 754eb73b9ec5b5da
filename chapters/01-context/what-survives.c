/** @file what-survives.c  What does a coroutine find after a yield? */
#include <fenv.h>
#include <goroutine.h>
#include <stdio.h>

#ifdef __clang__
#pragma STDC FENV_ACCESS ON
#endif

static _Thread_local int of_the_thread;

static void
other(void *arg)
{
    volatile int local = 42;

    (void)arg;
    errno = 5;
    fesetround(FE_UPWARD);
    of_the_thread = 1;

    go_coro_yield(NULL);

    printf("%s%s%s%s\n", local == 42 ? "local" : "",
           errno == 5 ? " errno" : "",
           fegetround() == FE_UPWARD ? " rounding" : "",
           of_the_thread == 1 ? " thread-local" : "");
}

int
main(void)
{
    struct go_coro *co = go_coro_new(other, NULL);
    volatile int local = 0;

    if (co == NULL) {
        perror("go_coro_new");
        return 1;
    }
    go_coro_resume(co);
    local++;
    errno = 7;
    fesetround(FE_DOWNWARD);
    of_the_thread = 2;
    go_coro_resume(co);
    go_coro_free(co);
    return 0;
}
