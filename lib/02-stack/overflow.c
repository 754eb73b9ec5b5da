/** @file overflow.c  A stack overflow, told to people.
 *
 * The guard turns an overflow into a signal, at the very instruction. The
 * handler needs a stack of its own: the goroutine's is full. So each thread
 * that runs goroutines has a signal stack.
 *
 * A bad address anywhere else is not ours: whoever handled the signal before
 * us handles it, and if nobody did, the process dies of it as it would have.
 *
 * Mirrors newstack ("stack overflow") in Go's runtime/stack.go and sighandler
 * in runtime/signal_unix.go.
 */
#include <signal.h>

#include "stack.h"

#include "interpose.h"
#include "traceback.h"

enum { SIGNAL_STACK = 64 << 10, MOST_HANDLERS = 8 };

static const int signals[] = { SIGSEGV, SIGBUS };
static struct sigaction old[sizeof(signals) / sizeof(signals[0])];

struct overflow {
    const struct g *gp;     // whose stack: a goroutine, or its coroutine
    const struct g *owner;  // the goroutine, or NULL
    uintptr_t sp, pc;       // pc is 0 if nothing was interrupted
};

// Less than twice as much might be what the stack has already: sizes are powers
// of two.
static size_t
twice(size_t n)
{
    size_t power = STACK_DEFAULT;

    while (power < 2 * n)
        power *= 2;
    return power;
}

// What to write for more.
static void
say_remedy(const struct overflow *o, size_t more)
{
    const struct go_site *site = o->gp->site;

    if (o->gp != o->owner)
        say("A coroutine's stack cannot be larger: keep large arrays elsewhere.\n");
    else if (site == NULL)
        say("For more: GODEBUG=stacksize=%zu\n", more);
    else
        say("For more, at %s:%d:\n"
            "\tgo_with((&(struct go_attr){ .stack_max = %zu }), %s%s);\n"
            "or for all goroutines: GODEBUG=stacksize=%zu\n", site->file,
            site->line, more, site->callee, site->args > 0 ? ", ..." : "", more);
}

static void
tell(void *arg)
{
    const struct overflow *o = arg;
    const struct stack *s = &o->gp->stack;
    const size_t limit = o->gp == o->owner ? o->gp->stack_max : s->hi - s->lo;
    const char *what = o->gp == o->owner ? "" : "coroutine of ";

    if (o->owner == NULL)
        say("runtime: coroutine stack exceeds %zu-byte limit\n", limit);
    else
        say("runtime: %sgoroutine %llu%s%s%s stack exceeds %zu-byte limit\n",
            what, (unsigned long long)o->owner->id,
            o->owner->name != NULL ? " \"" : "",
            o->owner->name != NULL ? o->owner->name : "",
            o->owner->name != NULL ? "\"" : "", limit);
    say("runtime: sp=%#lx stack=[%#lx, %#lx], %zu bytes used\n",
        (unsigned long)o->sp, (unsigned long)s->lo, (unsigned long)s->hi,
        (size_t)(s->hi - (o->sp < s->hi ? o->sp : s->lo)));
    say("fatal error: stack overflow\n");
    if (traceback_level() > TRACEBACK_SINGLE && o->pc != 0)
        traceback_all_at(o->pc);
    else if (traceback_level() > TRACEBACK_NONE && o->pc != 0)
        traceback_self_at(o->pc);
    else if (o->owner != NULL)
        traceback_created(o->owner);
    say("\n");
    say_remedy(o, twice(limit));
}

// ---- By the guard ----------------------------------------------------------

// A bad address was touched: did gp do it by leaving its stack?
//
// It did if the address, or its stack pointer sp, is in its guard: the
// STACK_GUARD bytes below lo. Any other address is not ours to explain, though
// it may be in the guard of another goroutine. A stack with a canary has no
// guard: gp went on until it met something else, so sp is below lo, or what
// stands at lo is STACK_CANARY no more. The g0 of a thread has no stack that we
// know (hi is 0), and never leaves it.
static bool
has_left(const struct g *gp, uintptr_t address, uintptr_t sp)
{
    // [lab whose-guard]
    const uintptr_t lo = gp->stack.lo;
    const uintptr_t guard = lo - STACK_GUARD;

    if (gp->stack.hi == 0)
        return false;
    if (gp->stack.canary)
        return sp < lo || *(const uint64_t *)lo != STACK_CANARY;
    return (address >= guard && address < lo) || (sp >= guard && sp < lo);
    // [lab whose-guard]
}

// A handler that the program installed above ours passes on to us, and if it is
// "old" in a later run we would pass on to it: for ever. So not more often than
// handlers could be.
static void
pass_on(int sig, siginfo_t *info, void *context)
{
    static const struct sigaction none = { .sa_handler = SIG_DFL };
    static ATOMIC(int) depth;
    const struct sigaction *next = &old[sig == SIGSEGV ? 0 : 1];

    if (atomic_add(&depth, 1) > MOST_HANDLERS)
        next = &none;
    if (next->sa_flags & SA_SIGINFO)
        next->sa_sigaction(sig, info, context);
    else if (next->sa_handler != SIG_DFL && next->sa_handler != SIG_IGN)
        next->sa_handler(sig);
    else
        // On return the instruction fails again, and nobody handles it.
        world.on_signal(sig, &none, NULL);
    atomic_add(&depth, -1);
}

static void
on_bad_address(int sig, siginfo_t *info, void *context)
{
    struct g *gp = getg();

    if (gp == NULL ||
        !has_left(gp, (uintptr_t)info->si_addr, signal_sp(context))) {
        pass_on(sig, info, context);
        return;
    }
    fatal_signal(tell, &(struct overflow){
        .gp = gp,
        .owner = gp->m->curg,
        .sp = signal_sp(context),
        .pc = signal_pc(context),
    });
}

// Handle SIGSEGV and SIGBUS from now on.
void
overflow_catch(void)
{
    struct sigaction action = {
        .sa_sigaction = on_bad_address,
        .sa_flags = SA_SIGINFO | SA_ONSTACK,
    };

    // The dump leaves the signal stack, to walk others (traceback.c). What comes
    // meanwhile would begin at its top again: of ours, these.
    sigaddset(&action.sa_mask, SIGQUIT);
    sigaddset(&action.sa_mask, SIGURG);
    for (unsigned i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
        if (world.on_signal(signals[i], &action, &old[i]) != 0)
            fatal("overflow_catch: the kernel takes no signal handler");
}

// Let those handle them who did before, unless somebody else does by now.
void
overflow_release(void)
{
    for (unsigned i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        struct sigaction now;

        if (world.on_signal(signals[i], NULL, &now) == 0 &&
            now.sa_sigaction == on_bad_address)
            world.on_signal(signals[i], &old[i], NULL);
    }
}

// Give the calling thread, mp, a signal stack. Without memory for it there
// will be no report: an overflow then ends the process with SIGSEGV only.
void
overflow_watch(struct m *mp)
{
    const size_t bytes = SIGNAL_STACK + world.signal_frame();
    stack_t stack = { .ss_size = bytes };

    stack.ss_sp = world.map(bytes);
    if (stack.ss_sp == NULL)
        return;
    if (world.signal_stack(&stack, &mp->old_signal_stack) != 0) {
        world.unmap(stack.ss_sp, bytes);
        return;
    }
    mp->signal_stack = stack;
}

// Take it away again.
void
overflow_unwatch(struct m *mp)
{
    if (mp->signal_stack.ss_sp == NULL)
        return;
    if (mp->old_signal_stack.ss_sp == NULL)
        mp->old_signal_stack.ss_flags = SS_DISABLE;
    // If the kernel keeps using it, the memory must stay.
    if (world.signal_stack(&mp->old_signal_stack, NULL) == 0)
        world.unmap(mp->signal_stack.ss_sp, mp->signal_stack.ss_size);
    mp->signal_stack = (stack_t){ 0 };
}

// ---- By the canary ---------------------------------------------------------

// The canary of gp is dead: somebody has written beyond the stack, perhaps
// long ago. Nothing is walked: what the stack holds cannot be trusted.
_Noreturn void
stack_overflow(const struct g *gp)
{
    fatal_signal(tell, &(struct overflow){
        .gp = gp,
        .owner = gp->m->curg,
        .sp = gp->stack.lo,
    });
}
