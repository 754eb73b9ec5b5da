/** @file no-kernel.c  Does a switch need the kernel?
 *
 * After seccomp's strict mode is on, every system call but read, write and
 * exit kills the process. Then two coroutines switch a million times.
 */
#include <goroutine.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "claim.h"

static void
yields(void *arg)
{
    for (;;)
        go_coro_yield(arg);
}

// How a child process ended that may ask the kernel for nothing.
static int
without_kernel(bool make_one)
{
    struct go_coro *co = go_coro_new(yields, NULL);
    int status;
    pid_t child = fork();

    if (child == 0) {
        go_coro_resume(co);     // the thread becomes known
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT);
        for (int i = 0; i < 500000; i++)
            go_coro_resume(co);
        if (make_one)
            go_coro_new(yields, NULL);
        syscall(SYS_exit, 0);
    }
    waitpid(child, &status, 0);
    go_coro_free(co);
    return status;
}

int
main(void)
{
    int switches = without_kernel(false);
    int making = without_kernel(true);

    verdict("1.3 1.23", switches == 0 ? "true" : "false",
            "1,000,000 switches without one system call");
    verdict("1.21 1.22", switches == 0 && making != 0 ? "half true" : "false",
            "the switch, yes; but a new stack is the kernel's to give");
    return 0;
}
