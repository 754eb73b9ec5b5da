/** @file whose-stack.c  Which stack is used next? */
#include <goroutine.h>
#include <stdio.h>

static uintptr_t place;

static void
looks(void *arg)
{
    (void)arg;
    place = (uintptr_t)__builtin_frame_address(0);
}

int
main(void)
{
    enum { N = 3 };
    struct go_coro *co[N];
    uintptr_t places[N];

    for (int i = 0; i < N; i++) {
        co[i] = go_coro_new(looks, NULL);
        if (co[i] == NULL) {
            perror("go_coro_new");
            return 1;
        }
        go_coro_resume(co[i]);
        places[i] = place;
    }
    for (int i = 0; i < N; i++)
        go_coro_free(co[i]);

    struct go_coro *next = go_coro_new(looks, NULL);

    go_coro_resume(next);
    for (int i = 0; i < N; i++)
        if (place == places[i]) {
            printf("on the stack of %c\n", 'A' + i);
            return 0;
        }
    printf("on a stack that nobody had before\n");
    return 0;
}
