/** @file goroutine.c  A goroutine begins, and ends.
 *
 * Arguments come as words and leave as words: goroutine_start calls the user's
 * function with all six, whatever it takes. Both ABIs pass the first six
 * integers and pointers in registers, and a function looks only at those that
 * it has parameters for. What go() lets through has no others.
 *
 * Mirrors newproc, goexit and main in Go's runtime/proc.go.
 */
#include "gstatus.h"
#include "stack.h"

#include "ending.h"
#include "godebug.h"
#include "proc.h"

static ATOMIC(bool) forked;

// This is a child after fork, and there was a run in its parent. The other
// threads are gone, and with them whatever they held.
void
goroutine_forked(void)
{
    struct g *gp = getg();

    atomic_store(&forked, true);
    if (gp == NULL || gp->m->curg == NULL)
        return;
    gp->m->curg->id = 0;            // it is no goroutine any more
    gp->m->curg = NULL;
}

// Whether it is such a child.
bool
goroutine_is_forked(void)
{
    return atomic_load(&forked);
}

// `function` is called. In such a child that is an error.
void
goroutine_check_fork(const char *function)
{
    if (atomic_load(&forked))
        fatal("%s called in a forked child (only exec and _exit are possible)",
              function);
}

// A public function was called where there is no goroutine.
_Noreturn void
outside(const char *function)
{
    goroutine_check_fork(function);
    fatal("%s called outside a goroutine (see go_run)", function);
}

// ---- The end ---------------------------------------------------------------

// The last act of a goroutine, on its own stack. If it belongs to a wait group,
// that is told. Then g0 takes over for good (proc_goexit): it says that the
// goroutine is dead, and frees the stack, for we stand on it.
//
// The race detector is told what whoever uses the stack next may see
// (race_release), and the sanitizers that no switch back will come (hooks_end).
_Noreturn HOOKS_SWITCH static void
goroutine_end(struct g *gp)
{
    // [lab goroutine-end]
    struct go_waitgroup *wg = gp->wg;

    if (wg != NULL)
        go_waitgroup_done(wg);
    race_release(gp);
    hooks_end(&gp->hooks);
    proc_goexit();
    // [lab goroutine-end]
    fatal("goroutine_end: a goroutine that has ended goes on");
}

void
go_goexit(void)
{
    struct g *gp = goroutine("go_goexit");

    if (getg() != gp)
        fatal("go_goexit called in a coroutine: return from it first");
    ending_run(gp);
    goroutine_end(gp);
}

// ---- The beginning ---------------------------------------------------------

// Variadic, so that the compiler also says how many floating-point registers
// are in use, none: the user's function may be variadic itself.
typedef void any_fn(uintptr_t, ...);

HOOKS_SWITCH void
goroutine_start(void *arg)
{
    struct g *gp = arg;
    const uintptr_t *a = gp->args;

    race_acquire(gp);
    ((any_fn *)gp->start)(a[0], a[1], a[2], a[3], a[4], a[5]);
    goroutine_end(goroutine("go_goexit"));
}

// The first one. It ends the run.
HOOKS_SWITCH static void
main_start(void *arg)
{
    struct g *gp = arg;
    int (*fn)(int, char **) = (int (*)(int, char **))gp->start;

    race_acquire(gp);
    proc_end_run(fn((int)gp->args[0], (char **)gp->args[1]));
    fatal("main_start: goroutine 1 goes on after its end");
}

static size_t
stack_max_of(const struct go_attr *attr)
{
    if (attr == NULL || attr->stack_max == 0)
        return godebug.stacksize;
    if (attr->stack_max < STACK_MIN)
        fatal("go_with: stack_max is %zu; the least is %zu (GO_STACK_MIN)",
              attr->stack_max, (size_t)STACK_MIN);
    return attr->stack_max;
}

struct g *
goroutine_main(struct m *mp, int (*fn)(int, char **), int argc, char **argv)
{
    struct g *gp = gfree_take(mp, godebug.stacksize);

    gp->id = goid_next(mp);
    gp->fn = main_start;
    gp->start = (void (*)(void))fn;
    gp->args[0] = (uintptr_t)argc;
    gp->args[1] = (uintptr_t)argv;
    race_release(gp);
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    return gp;
}

// Behind the macros go, go_with and go_waitgroup_go: the contract of go_start
// is in goroutine.h. The new goroutine waits for its turn, and the caller goes
// on. It has a number of its own (goid_next), remembers who made it and where
// (parent, site), and what attr says: its name, and the bytes of its stack
// (stack_max_of). What is handed over is gone when this returns, so it is read
// now: args has site->args words. wg counts it from now on, not from its start.
// The race detector is told that it begins with what was done before.
void
go_start_at(const struct go_site *site, const struct go_attr *attr,
            struct go_waitgroup *wg, void (*fn)(void), const uintptr_t *args)
{
    struct g *self = goroutine("go");
    struct m *mp = self->m;

    if (fn == NULL)
        fatal("go of nil func value");

    // [lab go-start]
    struct g *gp = gfree_get(mp, stack_max_of(attr));

    gp->id = goid_next(mp);
    gp->start = fn;
    for (int i = 0; i < site->args; i++)
        gp->args[i] = args[i];
    gp->site = site;
    gp->parent = self->id;
    gp->no_preempt = 0;
    gp->name = attr != NULL ? attr->name : NULL;
    gp->wg = wg;
    if (wg != NULL)
        go_waitgroup_add(wg, 1);
    race_release(gp);
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    proc_put(mp, gp);
    // [lab go-start]
}

// ---- Questions -------------------------------------------------------------

uint64_t
go_id(void)
{
    return goroutine("go_id")->id;
}

int
go_num_goroutine(void)
{
    goroutine("go_num_goroutine");
    return proc_count();
}

size_t
go_stack_high_water(void)
{
    return stack_high_water(&goroutine("go_stack_high_water")->stack);
}
