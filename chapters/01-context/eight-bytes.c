/** @file eight-bytes.c  A stack pointer that is 8 bytes off.
 *
 * The runtime never makes one. So this looks behind goroutine.h, at what
 * gobuf_init has drawn, and moves the stack pointer down by 8. Each attempt
 * runs in a process of its own.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "runtime.h"

static struct g *home;
static struct g off;
static char memory[64 << 10] __attribute__((aligned(64)));

// Goes on right, wrong, or not at all.
enum { RIGHT = 10, WRONG };

static void
integers(void *arg)
{
    volatile int sum = 0;

    (void)arg;
    for (int i = 1; i <= 10; i++)
        sum += i;
    _exit(sum == 55 ? RIGHT : WRONG);
}

// One load and one store of 16 bytes, which the compiler may take for aligned
// because it has placed them itself.
__attribute__((noinline)) static int
aligned_copy(void)
{
    typedef float four __attribute__((vector_size(16)));
    volatile four from = { 1, 2, 3, 4 };
    volatile four to;

    to = from;
    return to[3] == 4 ? RIGHT : WRONG;
}

static void
copies(void *arg)
{
    (void)arg;
    _exit(aligned_copy());
}

static const char *
attempt(void (*fn)(void *))
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        home = g_current();
        off.stack.lo = (uintptr_t)memory;
        off.stack.hi = (uintptr_t)memory + sizeof(memory);
        g_init(&off, fn, NULL);

        uintptr_t *sp = (uintptr_t *)off.sched.sp;

        sp[-1] = sp[0];             // what gobuf_switch pops, if it does
        off.sched.sp -= 8;
        g_switch(home, &off, NULL);
    }
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? "crash" :
           WEXITSTATUS(status) == RIGHT ? "right" : "wrong";
}

int
main(void)
{
    const char *first = attempt(integers);
    const char *second = attempt(copies);

    printf("integers: %s, aligned copy: %s\n", first, second);
    return 0;
}
