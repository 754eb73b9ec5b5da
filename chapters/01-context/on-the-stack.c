/** @file on-the-stack.c  What lies on the stack of a coroutine?
 *
 * Looks at every word between the saved stack pointer and the top.
 */
#include "claim.h"
#include "runtime.h"

static const uintptr_t ARGUMENT = 0x1234567890abcdef;
static const uintptr_t LOCAL = 0x0fedcba987654321;

// The argument is used before the call, and not after it.
__attribute__((noinline)) static void
frame(uintptr_t argument)
{
    volatile uintptr_t local = LOCAL;

    __asm__ volatile("" : : "r"(argument));
    go_coro_yield((void *)&local);
    __asm__ volatile("" : : "r"(&local) : "memory");
}

static void
body(void *arg)
{
    (void)arg;
    frame(ARGUMENT);
    __asm__ volatile("");       // so that the call is not the last thing
}

int
main(void)
{
    extern char __executable_start[], etext[];
    struct go_coro *co = go_coro_new(body, NULL);
    int locals = 0, arguments = 0, addresses = 0;
    bool main_is_there = false;

    if (co == NULL) {
        perror("go_coro_new");
        return 1;
    }
    go_coro_resume(co);

    const struct g *gp = (struct g *)co;

    for (uintptr_t *p = (uintptr_t *)gp->sched.sp;
         p < (uintptr_t *)gp->stack.hi; p++) {
        locals += *p == LOCAL;
        arguments += *p == ARGUMENT;
        addresses += *p >= (uintptr_t)__executable_start &&
                     *p < (uintptr_t)etext;
        main_is_there |= *p >= (uintptr_t)main && *p < (uintptr_t)main + 256;
    }
    verdict("1.1 1.15", locals == 1 && addresses >= 3 ? "true" : "false",
            "a local variable, and a return address for each call");
    verdict("1.16", arguments == 0 ? "outdated" : "true",
            "the argument is nowhere: it came in a register");
    verdict("1.17", main_is_there ? "true" : "false",
            "nothing of main: the first frame is the runtime's entry");
    go_coro_resume(co);
    go_coro_free(co);
    return 0;
}
