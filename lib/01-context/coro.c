/** @file coro.c  Coroutines: two stacks that take turns on one thread.
 *
 * Invariants:
 *   - a coroutine is G_WAITING exactly while it stands in go_coro_yield or
 *     has not started: only then may it be resumed or freed;
 *   - while it is G_RUNNING, resumer is the g that waits for it. That g is
 *     G_RUNNING too: it has lent its thread, and gets it back.
 *
 * So resumers form a chain that ends at the g0 of the thread, and no g is in
 * it twice. Mirrors Go's runtime/coro.go.
 */
#include "gstatus.h"

enum { CORO_STACK = 64 << 10 };

// It lives directly above its own stack.
struct go_coro {
    struct g g;                 // first: the g of a coroutine is its address
    struct g *resumer;
    void (*fn)(void *arg);
    void *arg;
};

_Static_assert(sizeof(struct go_coro) <= STACK_RECORD,
               "a coroutine fits above its stack");

// The last act of a coroutine, on its own stack: it is G_DEAD from now on, the
// hooks know that its next switch is its last (hooks_end), and its resumer
// goes on, with NULL. Never returns. The stack stays as it is until
// go_coro_free, for we stand on it.
_Noreturn HOOKS_SWITCH static void
coro_exit(struct go_coro *co)
{
    // [lab coro-exit]
    struct g *resumer = co->resumer;

    g_set_status(&co->g, G_RUNNING, G_DEAD);
    hooks_end(&co->g.hooks);
    race_release(co);
    g_switch(&co->g, resumer, NULL);
    // [lab coro-exit]
    fatal("coro_exit: a coroutine that has ended goes on");
}

// What every coroutine runs.
HOOKS_SWITCH static void
coro_main(void *arg)
{
    struct go_coro *co = arg;

    race_acquire(co);
    co->fn(co->arg);
    coro_exit(co);
}

struct go_coro *
go_coro_new(void (*fn)(void *arg), void *arg)
{
    struct stack stack;

    if (fn == NULL)
        fatal("go_coro_new: fn is NULL");
    if (!stack_alloc(&stack, CORO_STACK))
        return NULL;

    struct go_coro *co = (struct go_coro *)stack.hi;

    co->fn = fn;
    co->arg = arg;
    co->g.stack = stack;
    g_init(&co->g, coro_main, co);
    return co;
}

// Continue co, and return what it yields, or NULL when it ends or has ended.
// The contract is at the declaration, in goroutine.h. What is left to say:
//
// On return co is G_WAITING or G_DEAD. While it runs, co->resumer is the g
// that called, and co is G_RUNNING: one that runs, or waits for a coroutine
// that it resumed itself, cannot be resumed, and g_set_status says so.
void *
go_coro_resume(struct go_coro *co)
{
    if (co == NULL)
        fatal("go_coro_resume: co is NULL");

    // [lab coro-resume]
    struct g *gp = g_current();

    if (g_status(&co->g) == G_DEAD)
        return NULL;
    g_set_status(&co->g, G_WAITING, G_RUNNING);
    co->resumer = gp;
    race_release(co);
    void *value = g_switch(gp, &co->g, NULL);
    race_acquire(co);
    return value;
    // [lab coro-resume]
}

void
go_coro_yield(void *value)
{
    struct g *gp = getg();

    if (gp == NULL || gp->fn != coro_main)
        fatal("go_coro_yield called outside a coroutine (see go_coro_new)");

    struct go_coro *co = (struct go_coro *)gp;
    struct g *resumer = co->resumer;

    g_set_status(gp, G_RUNNING, G_WAITING);
    race_release(co);
    g_switch(gp, resumer, value);
    race_acquire(co);
}

bool
go_coro_done(const struct go_coro *co)
{
    if (co == NULL)
        fatal("go_coro_done: co is NULL");
    return g_status(&co->g) == G_DEAD;
}

void
go_coro_free(struct go_coro *co)
{
    if (co == NULL)
        return;

    struct stack stack = co->g.stack;

    if (!go_coro_done(co))
        g_set_status(&co->g, G_WAITING, G_DEAD);
    // Before the next coroutine that begins on this stack (coro_main).
    race_release(co);
    hooks_free(&co->g.hooks);
    stack_free(&stack);
}
