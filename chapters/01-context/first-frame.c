/** @file first-frame.c  What is prepared for a coroutine that has not run? */
#include "claim.h"
#include "machine.h"
#include "runtime.h"

static void
my_func(void *arg)
{
    (void)arg;
}

int
main(void)
{
    static int argument;
    struct go_coro *co = go_coro_new(my_func, &argument);

    if (co == NULL) {
        perror("go_coro_new");
        return 1;
    }

    const struct g *gp = (struct g *)co;
    uintptr_t sp = machine_first_sp(&gp->sched);
    bool arg_on_stack = false, fn_is_noted = false, arg_is_noted = false;

    for (uintptr_t *p = (uintptr_t *)gp->sched.sp;
         p < (uintptr_t *)gp->stack.hi; p++)
        arg_on_stack |= *p == (uintptr_t)&argument;
    // The coroutine itself lies above its stack.
    for (void **p = (void **)co; p < (void **)((char *)co + STACK_RECORD);
         p++) {
        fn_is_noted |= *p == (void *)my_func;
        arg_is_noted |= *p == &argument;
        if (fn_is_noted && arg_is_noted)
            break;
    }
    verdict("1.18", machine_first_pc(&gp->sched) == (uintptr_t)gobuf_entry
            ? "true" : "false",
            "so in Go; ours goes by gobuf_entry, which calls it in the end");
    verdict("1.19", sp <= gp->stack.hi && gp->stack.hi - sp < 16
            ? "true" : "false", "rounded down to a multiple of 16");
    verdict("1.20", arg_on_stack ? "true" : "outdated",
            "it is kept beside the function, not on the stack");
    verdict("1.31", fn_is_noted && arg_is_noted ? "true" : "false",
            "both are noted in the coroutine");
    go_coro_free(co);
    return 0;
}
