/** @file far-step.c  What does a guard not catch?
 *
 * A function with an array of n bytes moves the stack pointer down by n, and
 * may then touch the far end only. What is touched is computed here, so that
 * the compiler's own choice of frames does not matter. Each attempt is a
 * process.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stack.h"

enum { UNNOTICED = 10 };

// On the upper of two neighbouring stacks, with 1 KiB left.
static void
steps(void *arg)
{
    const size_t array = *(size_t *)arg;
    const uintptr_t sp = getg()->stack.lo + 1024;

    *(volatile char *)(sp - array) = 1;
    _exit(UNNOTICED);
}

static const char *
attempt(size_t array)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        struct go_coro *lower = go_coro_new(steps, &array);
        struct go_coro *upper = go_coro_new(steps, &array);

        if (lower == NULL || upper == NULL)
            _exit(1);
        // (It may be the other one.)
        go_coro_resume(((struct g *)upper)->stack.lo >
                       ((struct g *)lower)->stack.lo ? upper : lower);
    }
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? "stopped" :
           WEXITSTATUS(status) == UNNOTICED ? "unnoticed" : "no memory";
}

int
main(void)
{
    const char *first = attempt(40 << 10);
    const char *second = attempt(100 << 10);

    printf("40 KiB: %s, 100 KiB: %s\n", first, second);
    return 0;
}
