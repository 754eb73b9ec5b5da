/** @file what-is-saved.c  What does a g hold, while its goroutine stands still?
 *
 * Looks behind goroutine.h: at the g of a coroutine, and at its stack.
 */
#include <string.h>

#include "claim.h"
#include "gstatus.h"

static char *local;             // the address of a local of the coroutine
static uintptr_t sp_while_running;
static enum g_status status_while_running;
static struct g *co_g;

__attribute__((noinline)) static void
stands_still(void *arg)
{
    char here = 1;

    local = &here;
    sp_while_running = co_g->sched.sp;
    status_while_running = g_status(co_g);
    go_coro_yield(arg);
    __asm__ volatile("" : : "r"(&here) : "memory");
}

// Does any word of the g lie in the code of this program?
static bool
holds_code_address(const struct g *gp)
{
    extern char __executable_start[], etext[];
    const uintptr_t *word = (const uintptr_t *)&gp->sched;

    for (size_t i = 0; i < sizeof(gp->sched) / sizeof(*word); i++)
        if (word[i] >= (uintptr_t)__executable_start &&
            word[i] < (uintptr_t)etext)
            return true;
    return false;
}

static bool
is_code(uintptr_t word)
{
    extern char __executable_start[], etext[];

    return word >= (uintptr_t)__executable_start && word < (uintptr_t)etext;
}

int
main(void)
{
    struct go_coro *co = go_coro_new(stands_still, &local);

    if (co == NULL) {
        perror("go_coro_new");
        return 1;
    }
    co_g = (struct g *)co;
    go_coro_resume(co);

    const struct g *gp = co_g;
    uintptr_t sp = gp->sched.sp;
    bool sp_is_near = sp < (uintptr_t)local && (uintptr_t)local - sp < 512;
    bool in_bounds = sp >= gp->stack.lo && sp < gp->stack.hi;
    bool pc_on_stack = is_code(*(uintptr_t *)sp);
    bool pc_in_g = holds_code_address(gp) && !pc_on_stack;

    verdict("1.4 1.8 1.14 1.26", gp->fn != NULL ? "true" : "false",
            "a g for each, with what is needed to go on");
    verdict("1.9 1.30 1.25", sp_is_near ? "true" : "false",
            "its sched is a gobuf: the saved registers");
    verdict("1.6 1.10 1.13 1.29", g_status(gp) == G_WAITING &&
            status_while_running == G_RUNNING ? "true" : "false",
            "running while it ran, waiting now");
    verdict("1.11", in_bounds && sp_is_near ? "true" : "false",
            "sp lies on its stack, a little below its local variable");
    verdict("1.5", in_bounds && sp_while_running != sp ? "half true" : "true",
            "only while it stands still: while it ran, the slot was stale");
    verdict("1.7", (uintptr_t)local >= gp->stack.lo &&
            (uintptr_t)local < gp->stack.hi ? "half true" : "false",
            "the bounds of the stack, not the stack");
    verdict("1.2 1.12 1.27", pc_in_g || pc_on_stack ? "true" : "false",
            pc_in_g ? "there is a slot for the program counter"
                    : "Go has a slot for it; in ours on x86-64 the word that"
                      " sp points at");
    verdict("1.28", sp_is_near ? "true" : "false",
            "by way of sp: the frame begins there");
    go_coro_resume(co);
    go_coro_free(co);
    return 0;
}
