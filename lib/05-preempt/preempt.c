/** @file preempt.c  Stopping a goroutine that does not ask: by a signal to its
 * thread, where that is safe; else at the next checkpoint.
 *
 * Safe is a place where nobody minds if the thread goes on with another
 * goroutine. The handler looks at what it has interrupted:
 *
 *   - a goroutine, on its own stack, which has room for all registers;
 *   - in the user's code: not in a library, which may hold a lock, and not in
 *     the runtime;
 *   - which no library has called: qsort holds none, but who knows of others;
 *   - that has not said go_preempt_disable.
 *
 * If one of them does not hold, it returns, and nothing has happened. Sooner
 * or later the signal comes again.
 *
 * Mirrors wantAsyncPreempt, isAsyncSafePoint and doSigPreempt in Go's
 * runtime/preempt.go and signal_unix.go. Go asks tables of its compiler where
 * it may stop; a C compiler writes none, and the kernel can put every register
 * aside.
 */
#include <signal.h>
#include <unwind.h>

#include "preempt.h"

#include "godebug.h"
#include "interpose.h"
#include "interrupted.h"
#include "proc.h"
#include "usertext.h"

enum {
    SIGNAL = SIGURG,            // Go's: ignored by those who do not want it
    ROOM = 8 << 10,             // of stack, for what runs before the switch
    ENTRY = 64,                 // bytes of gobuf_entry, or more
    FRAMES = 1000,              // more callers are not looked at
};

// Written when a run begins, and when it ends.
static ATOMIC(const char *) off = { "there is no run" };
static const char handled[] = "the program handles SIGURG";

const char *
preempt_off(void)
{
    return atomic_load_relaxed(&off);
}

// ---- Is it safe? -----------------------------------------------------------

struct callers {
    uintptr_t from;             // the interrupted instruction; 0 once seen
    int left;
    bool library;               // one of them is a library's
    bool all;                   // it was the last one
};

static _Unwind_Reason_Code
look_at_caller(struct _Unwind_Context *context, void *arg)
{
    struct callers *c = arg;
    int before = 0;
    const uintptr_t pc = _Unwind_GetIPInfo(context, &before);

    if (c->from != 0 && pc != c->from)
        return _URC_NO_REASON;                  // the handler's own
    c->from = 0;
    c->all = pc - (uintptr_t)gobuf_entry < ENTRY;
    c->library = is_library_text(pc - !before);
    if (c->library || c->all || --c->left == 0)
        return _URC_END_OF_STACK;
    return _URC_NO_REASON;
}

// Whether a library has called, perhaps through others, the function at pc,
// whose stack is in use from sp to hi.
//
// Hardly ever does the stack hold an address of a library's code at all. If it
// does, that may be what an older call has left; so the callers are looked at.
static bool
called_by_library(uintptr_t pc, uintptr_t sp, uintptr_t hi)
{
    const uintptr_t *word = (const uintptr_t *)(sp & -sizeof(uintptr_t));
    struct callers c = { .from = pc, .left = FRAMES };

    while ((uintptr_t)word < hi && !is_library_text(*word))
        word++;
    if ((uintptr_t)word >= hi)
        return false;
    _Unwind_Backtrace(look_at_caller, &c);
    return c.library || !c.all;
}

// Whether the goroutine gp, which runs on this thread, may be made to stop where
// the signal has interrupted it. All four must hold that stand at the head of this
// file, but for the room on its stack: it has not said go_preempt_disable; it was
// in the user's code; its stack pointer was on its own stack; and no library has
// called the function that it was in. The last question costs most.
bool
preempt_is_safe(const struct g *gp, const void *context)
{
    const uintptr_t pc = signal_pc(context), sp = signal_sp(context);
    const struct stack *stack = &gp->stack;

    // On some machines a library that has called may stand in a register only.
    if (is_library_text(signal_link(context)))
        return false;
    // [lab is-safe]
    return gp->no_preempt == 0 && is_user_text(pc) &&
           sp > stack->lo && sp < stack->hi &&
           !called_by_library(pc, sp, stack->hi);
    // [lab is-safe]
}

// ---- The signal ------------------------------------------------------------

// The signal came at a bad time.
static void
count_refused(struct p *p)
{
    atomic_store_relaxed(&p->refused, atomic_load_relaxed(&p->refused) + 1);
}

// The signal may find its thread anywhere: without a g, if the runtime did not
// make it; on g0, or in a coroutine, where curg is another g; without a p; or
// without a signal stack, because somebody has taken it away: then we stand on
// the goroutine's stack ourselves, and must not write there. In all these cases
// nothing happens. Nor does it if nobody wants the goroutine of this p to stop
// (any more).
//
// Else interrupted_call sees to it that the goroutine stops when the handler has
// returned: if that is safe, and if its stack has room for it. If not, it counts
// as refused.
void
preempt_signal(int sig, siginfo_t *info, void *context)
{
    const uintptr_t here = (uintptr_t)__builtin_frame_address(0);

    (void)sig;
    (void)info;
    // [lab on-preempt]
    struct g *gp = getg();
    if (gp == NULL || gp->m->curg != gp || gp->m->p == NULL)
        return;
    if (here > gp->stack.lo && here < gp->stack.hi)
        return;
    struct p *p = gp->m->p;
    if (!preempt_wanted(p))
        return;
    if (!preempt_is_safe(gp, context) || !interrupted_call(context, gp->stack.lo + ROOM))
        count_refused(p);
    // [lab on-preempt]
}

// Called by preempt_async. The goroutine whose registers are in uc lets others
// run. On return it goes on, on this thread, which may be another one.
void
preempt_yield(ucontext_t *uc)
{
    const uintptr_t errno_was = (uintptr_t)getg()->m->errnop;

    proc_yield();

    // It may have asked just now where its errno is (go_errno).
    signal_replace(uc, errno_was, (uintptr_t)getg()->m->errnop);

    // The kernel sets these anew, too: they are the thread's, and stay. (Of a
    // signal stack without size it takes no notice.)
    if (world.signal_stack(NULL, &uc->uc_stack) != 0)
        uc->uc_stack = getg()->m->signal_stack;
    world.signal_mask((uint64_t *)&uc->uc_sigmask);
}

// ---- Asking ----------------------------------------------------------------

// Ask the goroutine that p runs to stop: p->preempt names it, by the tick of now,
// and SIGNAL goes to the thread that has p. The request stands there before the
// signal comes, or the handler would find nothing.
//
// No signal is sent if none are (preempt_off), and none to thread 0: that one must
// not get any. The thread may have ended meanwhile; then the kernel says no. errno
// is what it was before, for a goroutine may be calling.
void
preempt_request(struct p *p)
{
    const int thread = atomic_load_relaxed(&p->thread);

    // [lab preempt-request]
    const int error = errno;

    atomic_store_relaxed(&p->preempt, atomic_load_relaxed(&p->ticks));
    if (preempt_off() == NULL && thread != 0)
        world.signal_thread(thread, SIGNAL);
    errno = error;
    // [lab preempt-request]
}

void
preempt_all(struct sched *s)
{
    const struct p *ours = getg()->m->p;

    for (int i = 0; i < s->procs; i++)
        if (s->p[i].status == P_RUNNING && &s->p[i] != ours)
            preempt_request(&s->p[i]);
}

// The goroutine lets others run if somebody wants it to stop, and it has not said
// go_preempt_disable.
void
go_checkpoint(void)
{
    struct g *gp = goroutine("go_checkpoint");
    bool stops;

    // [lab checkpoint]
    stops = gp->no_preempt == 0 && preempt_wanted(gp->m->p);
    // [lab checkpoint]
    if (stops)
        proc_yield();
}

void
go_preempt_disable(void)
{
    goroutine("go_preempt_disable")->no_preempt++;
}

// Undo one go_preempt_disable; without one: nothing. With the last one a request
// that came meanwhile is granted: its signal came at a bad time, and the next one
// may come a time slice later.
void
go_preempt_enable(void)
{
    struct g *gp = goroutine("go_preempt_enable");

    // [lab preempt-enable]
    if (gp->no_preempt == 0)
        return;
    gp->no_preempt--;
    if (gp->no_preempt == 0 && preempt_wanted(gp->m->p))
        proc_yield();
    // [lab preempt-enable]
}

// ---- A run begins and ends -------------------------------------------------

static const char *
why_not(void)
{
    struct sigaction now;

    if (godebug.asyncpreemptoff)
        return "GODEBUG=asyncpreemptoff=1";
    if (!hooks_allow_preempt())
        return "a sanitizer, or Valgrind, takes part";
    if (world.shadow_stack())
        return "the processor keeps a shadow stack";
    if (!usertext_init())
        return "the C library is linked statically";
    if (world.on_signal(SIGNAL, NULL, &now) != 0)
        return "the kernel takes no signal handler";
    // From the last run.
    if (now.sa_sigaction == preempt_signal)
        return NULL;
    if (now.sa_flags & SA_SIGINFO ||
        (now.sa_handler != SIG_DFL && now.sa_handler != SIG_IGN))
        return handled;
    return NULL;
}

void
preempt_catch(void)
{
    struct sigaction action = {
        .sa_sigaction = preempt_signal,
        .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART,
    };

    // The unwinder looks for its own things when it is first asked: not in a
    // handler.
    _Unwind_Backtrace(look_at_caller, &(struct callers){ .left = 1 });

    const char *why = why_not();

    if (why == handled)
        say("runtime: the program handles SIGURG, so no goroutine is stopped by a "
            "signal.\nGODEBUG=asyncpreemptoff=1 says so without this line.\n");
    if (why == NULL && world.on_signal(SIGNAL, &action, NULL) != 0)
        why = "the kernel takes no signal handler";
    atomic_store_relaxed(&off, why);
}

// The handler stays: a signal may still be on its way, and nobody wants one that
// is ignored otherwise. (An emulator was seen to call the handler that had just
// been taken away.)
void
preempt_release(void)
{
    atomic_store_relaxed(&off, "there is no run");
}
