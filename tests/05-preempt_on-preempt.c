/** @file 05-preempt_on-preempt.c  What does the handler do with a signal that comes
 * at some time, on some thread?
 *
 * A thread of the check sends the signals, one at a time, and another goroutine is
 * always ready: if it runs meanwhile, the first one was stopped.
 */
#include <pthread.h>
#include <signal.h>
#include <string.h>

#include "check.h"
#include "preempt.h"
#include "proc.h"

#define LOAD(p)     __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define STORE(p, v) __atomic_store_n(p, v, __ATOMIC_SEQ_CST)

static int delivered;           // signals whose handler has returned
static int target;              // the thread that is to get one, or 0
static volatile int ran;        // how often the other goroutine has run
static volatile bool blocked;   // it has run where SIGURG was blocked
static bool stop;

static const char no_wish[] = "A goroutine is stopped, and nobody has asked.";

static void
on_signal(int sig, siginfo_t *info, void *context)
{
    preempt_signal(sig, info, context);
    STORE(&delivered, delivered + 1);
}

// A thread that is none of the runtime's.
static void *
sends(void *arg)
{
    (void)arg;
    for (;;) {
        const int thread = LOAD(&target);

        if (thread != 0) {
            STORE(&target, 0);
            world.signal_thread(thread, SIGURG);
        }
    }
    return NULL;
}

// The other goroutine.
static void
runs(void)
{
    while (!LOAD(&stop)) {
        sigset_t now;

        pthread_sigmask(SIG_BLOCK, NULL, &now);
        if (sigismember(&now, SIGURG) == 1)
            blocked = true;
        ran = ran + 1;
        go_gosched();
    }
}

// Compute until a signal has come to this thread, and a little more.
__attribute__((noinline)) static void
compute(void)
{
    const int before = LOAD(&delivered);

    STORE(&target, getg()->m->thread);
    while (LOAD(&delivered) == before)
        continue;
    for (volatile int i = 0; i < 1000; i++)
        continue;
}

// Whether the other goroutine has run while this one computed.
static bool
is_stopped(bool ask)
{
    struct p *p = getg()->m->p;
    const int before = ran;

    if (ask)                    // without a signal yet
        atomic_store_relaxed(&p->preempt, atomic_load_relaxed(&p->ticks));
    compute();
    return ran != before;
}

static void (*question)(void);

static int
go_main(int argc, char **argv)
{
    const struct sigaction action = {
        .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART,
    };
    pthread_t thread;

    (void)argc;
    (void)argv;
    if (preempt_off() != NULL)
        return 0;
    go_gomaxprocs(1);
    sigaction(SIGURG, &action, NULL);
    if (pthread_create(&thread, NULL, sends, NULL) != 0)
        return 0;
    go(runs);
    go_gosched();
    question();
    STORE(&stop, true);
    return 0;
}

static void
put(void (*fn)(void))
{
    question = fn;
    go_run(go_main, 0, NULL);
}

// ---- Questions -------------------------------------------------------------

static void
in_time(void)
{
    step("interrupting a goroutine that was asked to stop");
    if (!is_stopped(true))
        fail("A goroutine that was asked to stop goes on.",
             "If it is wanted, and safe, interrupted_call makes it stop as soon "
             "as the handler has returned.",
             "the request was there, and a signal came; it computed on");
    if (blocked)
        fail("Another goroutine runs inside the handler.",
             "Until the handler has returned the signal is blocked, and the signal "
             "stack is in use. So nobody is switched here: interrupted_call does "
             "it afterwards.",
             "SIGURG was blocked where the other goroutine ran");
}

// (If a signal takes long to come, sysmon has asked. Then it is no question.)
static void
nobody_asked(void)
{
    struct p *p = getg()->m->p;
    int stopped = 0;

    step("interrupting a goroutine that nobody wants to stop");
    for (int tries = 0, questions = 0; questions < 5 && tries < 2000; tries++) {
        go_gosched();

        const uint32_t asked = atomic_load_relaxed(&p->preempt);
        const bool was = is_stopped(false);

        if (atomic_load_relaxed(&p->preempt) != asked)
            continue;
        questions++;
        stopped += was;
    }
    if (stopped > 0)
        fail(no_wish,
             "The signal may be late: the goroutine that was meant has left. "
             "preempt_wanted compares the ticks.",
             "five signals without a request; it was stopped %d times", stopped);
}

static void
at_a_bad_time(void)
{
    struct p *p = getg()->m->p;

    step("interrupting a goroutine that has disabled preemption");
    go_preempt_disable();
    atomic_store_relaxed(&p->refused, 0);
    if (is_stopped(true))
        fail("A goroutine is stopped where that is not safe.",
             "preempt_is_safe has said no. Only if it says yes, interrupted_call "
             "may be asked.",
             "it had said go_preempt_disable");
    if (atomic_load_relaxed(&p->refused) == 0)
        fail("A signal that came at a bad time is not counted.",
             "count_refused counts it, if it is not safe or there is no room: so "
             "a goroutine that cannot be stopped is found.",
             "refused is 0");
}

static void
in_coroutine(void *arg)
{
    bool *stopped = arg;

    *stopped = is_stopped(true);
}

static void
a_coroutine(void)
{
    bool stopped = false;
    struct go_coro *co = go_coro_new(in_coroutine, &stopped);

    step("interrupting a coroutine");
    go_coro_resume(co);
    if (stopped)
        fail("A coroutine is stopped.",
             "It has no place on a queue: the goroutine that resumed it has. "
             "Then curg is another g than the one that runs.",
             "the goroutine was asked to stop while a coroutine ran");
}

static void
no_signal_stack(void)
{
    const stack_t none = { .ss_flags = SS_DISABLE };

    step("interrupting a goroutine whose thread has no signal stack");
    sigaltstack(&none, NULL);
    if (is_stopped(true))
        fail("The handler writes over its own frame.",
             "Without a signal stack it runs on the goroutine's, just where "
             "interrupted_call puts the registers.",
             "it stood on the goroutine's stack, and the goroutine was stopped");
}

static void *
is_interrupted(void *arg)
{
    (void)arg;
    raise(SIGURG);
    return NULL;
}

static void
a_foreign_thread(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, is_interrupted, NULL) == 0)
        pthread_join(thread, NULL);
}

static void ask_in_time(void) { put(in_time); }
static void ask_nobody(void) { put(nobody_asked); }
static void ask_bad_time(void) { put(at_a_bad_time); }
static void ask_coroutine(void) { put(a_coroutine); }
static void ask_no_stack(void) { put(no_signal_stack); }

// (If all takes long, a signal may come to a thread of the run that has nobody to
// run: no better.)
static void
ask_foreign(void)
{
    step("interrupting a thread that is none of the runtime's");
    put(a_foreign_thread);
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    if (strstr(c->step, "none of the runtime's") != NULL) {
        *what = "The handler crashes on a thread that has no goroutine.";
        *why = "A signal may come to any thread. getg returns NULL there.";
        return true;
    }
    if (strstr(c->step, "no signal stack") != NULL) {
        *what = "The handler writes over its own frame.";
        *why = "Without a signal stack it runs on the goroutine's, just where "
               "interrupted_call puts the registers.";
        return true;
    }
    return false;
}

int
main(void)
{
    explain_crashes(explain);
    ask(ask_foreign);
    ask(ask_in_time);
    ask(ask_nobody);
    ask(ask_bad_time);
    ask(ask_coroutine);
    ask(ask_no_stack);
    return asked();
}
