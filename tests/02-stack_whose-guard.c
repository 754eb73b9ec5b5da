/** @file 02-stack_whose-guard.c  Is a bad address called an overflow when it
 * is one, and only then?
 *
 * Each attempt is a process that dies: what it says is read, and how it ends.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "stack.h"

#define OWN_STACK __attribute__((noinline, no_sanitize("address", "undefined")))

// Whether the process that tries it says "stack overflow" and exits with 2.
// Otherwise it should die of SIGSEGV without a word.
static bool
is_told(int (*fn)(int, char **))
{
    char text[4096];
    int ends[2];
    int status;
    size_t n = 0;
    ssize_t got;

    if (pipe(ends) != 0)
        exit(2);

    pid_t child = fork();

    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        signal(SIGSEGV, SIG_DFL);
        signal(SIGBUS, SIG_DFL);
        setenv("GOTRACEBACK", "none", 1);
        alarm(5);
        go_run(fn, 0, NULL);
        _exit(0);
    }
    close(ends[1]);
    while (n + 1 < sizeof(text) &&
           (got = read(ends[0], text + n, sizeof(text) - 1 - n)) > 0)
        n += (size_t)got;
    text[n] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 2 &&
           strstr(text, "stack overflow") != NULL;
}

static void
must_be_told(int (*fn)(int, char **), const char *what, const char *why)
{
    if (!is_told(fn))
        fail(what, why, "the process died, and nobody said \"stack overflow\"");
}

static void
must_not_be_told(int (*fn)(int, char **), const char *what, const char *why)
{
    if (is_told(fn))
        fail(what, why, "somebody said \"stack overflow\"");
}

static volatile char *volatile nowhere = (char *)16;

// ---- Overflows -------------------------------------------------------------

OWN_STACK static long
recurses(volatile long *above, long n)
{
    volatile long mine[16];

    mine[n % 16] = n + (above != NULL ? above[0] : 0);
    return n == 0 ? mine[0] : recurses(mine, n - 1) + mine[n % 16];
}

static int
overflows(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return (int)recurses(NULL, 1 << 20);
}

// As a function with large arrays does: the stack pointer is still good, and
// what is touched lies far below.
static int
touches_far(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    *(volatile char *)(getg()->stack.lo - STACK_GUARD / 2) = 1;
    return 0;
}

static int
touches_first(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    *(volatile char *)(getg()->stack.lo - 1) = 1;
    return 0;
}

static int
touches_last(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    *(volatile char *)(getg()->stack.lo - STACK_GUARD) = 1;
    return 0;
}

static void
told(void)
{
    step("overflowing a stack by a recursion");
    must_be_told(overflows, "An overflow is not told.",
                 "The guard is the STACK_GUARD bytes below lo; the address, or "
                 "the stack pointer, is there.");
    step("touching the guard far below the stack");
    must_be_told(touches_far, "An overflow by a large frame is not told.",
                 "A function with large arrays touches the guard anywhere, "
                 "and not near its stack pointer only. All of the STACK_GUARD "
                 "bytes count, and it is the address that tells.");
    step("touching the highest byte of the guard");
    must_be_told(touches_first, "The guard's highest byte is not counted.",
                 "It is the one directly below lo.");
    step("touching the lowest byte of the guard");
    must_be_told(touches_last, "The guard's lowest byte is not counted.",
                 "It is lo - STACK_GUARD.");
}

// ---- Bad addresses that are none -------------------------------------------

static int
null_pointer(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    *nowhere = 1;
    return 0;
}

static uintptr_t low_end;
static bool stands;

static void
stands_still(void)
{
    low_end = getg()->stack.lo;
    __atomic_store_n(&stands, true, __ATOMIC_RELEASE);
    for (;;)
        go_gosched();
}

static int
guard_of_another(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(stands_still);
    while (!__atomic_load_n(&stands, __ATOMIC_ACQUIRE))
        go_gosched();
    *(volatile char *)(low_end - 64) = 1;
    return 0;
}

static void
not_told(void)
{
    const char *what = "A bad address that is no overflow is called one.";

    step("using a NULL pointer");
    must_not_be_told(null_pointer, what,
                     "NULL is below every stack. The guard has a low end, too.");
    step("touching the guard of another goroutine");
    must_not_be_told(guard_of_another, what,
                     "It is that goroutine's guard, and a wild pointer of "
                     "ours. Only our own guard tells that we left our stack.");
}

// ---- Without a guard -------------------------------------------------------

static int
canary_lives(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    getg()->stack.canary = true;
    stack_mark(&getg()->stack);
    *nowhere = 1;
    return 0;
}

static int
canary_is_dead(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    getg()->stack.canary = true;
    *(volatile uint64_t *)getg()->stack.lo = 0;
    *nowhere = 1;
    return 0;
}

// As if the stack ended within this frame: the canary is whole, and the stack
// pointer is below it.
OWN_STACK static int
below_with_canary(int argc, char **argv)
{
    volatile uint64_t frame[512];

    (void)argc;
    (void)argv;
    getg()->stack.canary = true;
    getg()->stack.lo = (uintptr_t)&frame[256];
    frame[256] = STACK_CANARY;
    *nowhere = 1;
    return (int)frame[256];
}

static void
canaries(void)
{
    step("using a NULL pointer on a stack with a canary that lives");
    must_not_be_told(canary_lives,
                     "A canary that lives is taken for a dead one.",
                     "As long as STACK_CANARY stands at lo, nobody has "
                     "written there.");
    step("using a NULL pointer on a stack whose canary is dead");
    must_be_told(canary_is_dead, "A dead canary is not noticed.",
                 "Without a guard an overflow goes on until it meets "
                 "something. The word at lo tells that it came by.");
    step("using a NULL pointer with the stack pointer below a canary");
    must_be_told(below_with_canary, "An overflow past a canary is not told.",
                 "The canary may have been stepped over. But the stack pointer "
                 "is below lo.");
}

int
main(void)
{
    ask(told);
    ask(not_told);
    ask(canaries);
    return asked();
}
