/** @file g.c  A g begins, stands still, and goes on.
 *
 * Invariants:
 *   - the current g of a thread is the one on whose stack the thread stands;
 *   - a g that is not current has its errno in err, its C++ exceptions in
 *     caught, and what it needs to go on in sched;
 *   - every switch of the runtime goes through g_switch.
 *
 * Mirrors gosave, gogo and mcall in Go's runtime/asm_*.s.
 */
#include "gstatus.h"

// Where the C++ library keeps what this thread is catching. In a program
// without C++ nobody defines it, and its address is NULL. (So it is, in the
// shared library, if dlopen brings the first C++ later.)
struct caught *__cxa_get_globals(void) __attribute__((weak));

// Make this thread known to the runtime: an m, whose g0 runs. Returns g0.
struct g *
m_init(void)
{
    struct m *mp = tls_m();
    struct g *g0 = &mp->g0;

    mp->errnop = __errno_location();
    if (__cxa_get_globals != NULL)
        mp->caughtp = __cxa_get_globals();
    g0->m = mp;
    gobuf_modes(&g0->sched);    // g_again may ask before we first switch
    hooks_thread(&g0->hooks);
    g_set_status(g0, G_IDLE, G_RUNNING);
    setg(g0);
    return g0;
}

// Let gp, which is G_IDLE and has a stack, run fn(arg) when somebody first
// switches to it. gp is G_WAITING on return. fn must not return: it ends with
// a switch to somebody else, as G_DEAD.
void
g_init(struct g *gp, void (*fn)(void *), void *arg)
{
    gp->fn = fn;
    gp->arg = arg;
    gp->caught = (struct caught){ 0 };
    gobuf_init(&gp->sched, &gp->stack);
    hooks_new(&gp->hooks, gp->stack.lo, gp->stack.hi);
    g_set_status(gp, G_IDLE, G_WAITING);
}

// The same for gp that is G_DEAD: on the stack, with the fn and the arg that it
// had, and the rounding modes that g0 was saved with.
void
g_again(struct g *gp, const struct g *g0)
{
    gobuf_init_like(&gp->sched, &gp->stack, &g0->sched);
    gp->caught = (struct caught){ 0 };
    hooks_again(&gp->hooks);
    g_set_status(gp, G_DEAD, G_WAITING);
}

// Put the running g aside and continue `to`, which waits; hand it value.
// Returns when somebody switches back: what they hand over. The thread may
// then be another one.
//
// The caller is `from`, and has said what becomes of the two by g_set_status.
// A `from` that is G_DEAD does not come back.
HOOKS_SWITCH void *
g_switch(struct g *from, struct g *to, void *value)
{
    struct m *mp = from->m;

    stack_check(from);
    hooks_leave(&from->hooks, &to->hooks);
    if (mp->caughtp != NULL) {
        from->caught = *mp->caughtp;
        *mp->caughtp = to->caught;
    }

    // [lab g-switch]
    from->err = *mp->errnop;
    *mp->errnop = to->err;
    to->m = mp;
    setg(to);
    value = gobuf_switch(&from->sched, &to->sched, value);
    // [lab g-switch]

    hooks_arrive(&from->hooks);
    return value;
}

// The first C function on every stack but a thread's own. Called by
// gobuf_entry.
_Noreturn HOOKS_SWITCH void
g_main(void)
{
    struct g *gp = getg();

    hooks_arrive(&gp->hooks);
    gp->fn(gp->arg);
    fatal("g_main: a goroutine's function returned");
}
