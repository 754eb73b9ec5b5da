/** @file copied.c  Two pointers to a local variable, and the stack moves. */
#include <stdio.h>

#include "copying.h"

static volatile uintptr_t kept;         // a pointer that nobody adjusts
static int by_local, by_global;

// The stack is not really full: it moves when it is told to.
static void
full(void)
{
    volatile int n = 1;
    volatile int *volatile local = &n;

    kept = (uintptr_t)&n;
    moving_resize(2 * MOVING_LEAST);
    n = 2;
    by_local = *local;
    by_global = *(volatile int *)kept;
}

int
main(void)
{
    moving_run(full);
    printf("by the local pointer: %d, by the global one: %d\n", by_local,
           by_global);
    return 0;
}
