/** @file sizes.c  How many bytes: what a switch saves, and what a signal does. */
#include <signal.h>
#include <stdio.h>

#include "machine.h"
#include "runtime.h"

static long frame_bytes;

// Everything between the interrupted function's stack and ours was put there
// by the kernel.
static void
handler(int sig, siginfo_t *info, void *context)
{
    uintptr_t us = (uintptr_t)__builtin_frame_address(0);

    (void)sig;
    (void)info;
    frame_bytes = (long)(machine_sp(context) - us);
}

int
main(void)
{
    struct sigaction action = {
        .sa_sigaction = handler,
        .sa_flags = SA_SIGINFO,
    };

    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    printf("gobuf %zu\n", sizeof(struct gobuf));
    printf("sigframe %ld\n", frame_bytes);
    printf("g %zu\n", sizeof(struct g));
    return 0;
}
