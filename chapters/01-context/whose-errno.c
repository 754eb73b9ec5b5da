/** @file whose-errno.c  An address that was right when it was taken. */
#include <goroutine.h>
#include <pthread.h>
#include <stdio.h>

static void
wanders(void *arg)
{
    // What `errno` means without goroutine.h, looked up once.
    int *old = __errno_location();

    (void)arg;
    *old = 5;
    go_coro_yield(NULL);
    printf("%d and %d\n", *old, errno);
}

static void *
other_thread(void *co)
{
    errno = 7;
    go_coro_resume(co);
    return NULL;
}

int
main(void)
{
    struct go_coro *co = go_coro_new(wanders, NULL);
    pthread_t thread;

    if (co == NULL) {
        perror("go_coro_new");
        return 1;
    }
    errno = 0;
    go_coro_resume(co);
    if (pthread_create(&thread, NULL, other_thread, co) != 0) {
        fprintf(stderr, "no second thread\n");
        return 1;
    }
    pthread_join(thread, NULL);
    go_coro_free(co);
    return 0;
}
