/** @file 05-preempt_preempt-request.c  Does a request name the goroutine, and
 * does the signal come after it?
 *
 * The thread that is to get the signal is this one: then it has come when the
 * kernel returns.
 */
#include <signal.h>
#include <string.h>

#include "check.h"
#include "godebug.h"
#include "preempt.h"

enum { TICK = 41 };

static struct sched s;
static struct p *const p = &s.p[0];

static volatile int signals;
static volatile uint32_t named; // by p->preempt, when the signal came

static void
note(int sig)
{
    (void)sig;
    signals++;
    named = atomic_load_relaxed(&p->preempt);
    errno = ENOENT;
}

// A p with a goroutine of some tick, on this thread; signals are sent if wanted,
// and come to us.
static void
prepare(int thread, bool off)
{
    godebug.asyncpreemptoff = off;
    preempt_catch();
    signal(SIGURG, note);
    memset(&s, 0, sizeof(s));
    p->sched = &s;
    p->status = P_RUNNING;
    atomic_store_relaxed(&p->ticks, TICK);
    atomic_store_relaxed(&p->thread, thread);
}

static void
is_named(const char *when)
{
    const uint32_t tick = atomic_load_relaxed(&p->preempt);

    if (tick != TICK)
        fail("The request names another goroutine.",
             "The one that p runs now is known by the tick of p: p->preempt is "
             "compared with p->ticks.",
             "%s: p->ticks = %d, p->preempt = %u", when, TICK, tick);
}

static void
without_signals(void)
{
    prepare(world.thread_id(), true);
    step("asking where no signals are sent");
    preempt_request(p);
    is_named("without signals");
    if (signals > 0)
        fail("A signal is sent where none may be.",
             "preempt_off says why none is: a sanitizer, or the program's own "
             "handler. The goroutine comes to a checkpoint.",
             "GODEBUG=asyncpreemptoff=1, and %d signals", signals);
}

static void
with_a_signal(void)
{
    prepare(world.thread_id(), false);
    if (preempt_off() != NULL)
        return;
    step("asking a thread that may get signals");
    preempt_request(p);
    if (signals != 1)
        fail("No signal is sent.",
             "A loop that calls nothing comes to no checkpoint. Only a signal to "
             "its thread can stop it.",
             "p->thread = %d, and %d signals", world.thread_id(), signals);
    if (named != TICK)
        fail("The signal comes before the request.",
             "The handler looks at p->preempt. If the signal is sent first, it "
             "may find nothing there, and returns.",
             "when the signal came, p->preempt was %u, and p->ticks %d", named, TICK);
    is_named("afterwards");
}

// A signal to thread 0 is an error, and so is one to a thread that has ended.
static void
keeps_errno(void)
{
    prepare(world.thread_id(), false);
    if (preempt_off() != NULL)
        return;
    errno = 4711;
    step("asking, while the caller looks at errno");
    preempt_request(p);
    if (errno != 4711)
        fail("errno is lost.",
             "A goroutine may be calling, between a call that failed and its "
             "look at errno. Keep it.",
             "errno was 4711, and is %d", errno);
}

static void
nobodys_thread(void)
{
    prepare(0, false);
    if (preempt_off() != NULL)
        return;
    errno = 0;
    step("asking a p whose thread must not get signals");
    preempt_request(p);
    is_named("thread 0");
    if (signals > 0)
        fail("A signal is sent to a thread that must not get any.",
             "p->thread is 0 then: it has no signal stack of ours.",
             "%d signals", signals);
}

int
main(void)
{
    ask(without_signals);
    ask(with_a_signal);
    ask(keeps_errno);
    ask(nobodys_thread);
    return asked();
}
