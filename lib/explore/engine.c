/** @file engine.c  One execution: threads are played by one thread, which goes
 * from one to the other at each point.
 *
 * A played thread is a stack and a place to go on, as a coroutine; that the
 * runtime switches stacks itself does not matter: who is current goes on
 * wherever it stands.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>

#include "engine.h"

// In a section of its own, which is not restored.
struct explorer *explorer __attribute__((section("explore_keep")));

// A loop without any step of the runtime cannot be left otherwise. The clock
// counts only what the process computes.
static void
on_clock(int sig)
{
    struct explorer *x = explorer;
    const uint64_t all = x->all_steps + (uint64_t)x->steps;

    (void)sig;
    if (!x->playing || all != x->steps_then) {
        x->steps_then = all;
        return;
    }
    engine_fail(EXPLORE_NEVER_ENDS, x->current->at.file, x->current->at.line,
                "It never ends, and makes no step that others see.");
    siglongjmp(x->crash, 1);
}

// Somebody comes to a place for the first time; or it is a crash.
static void
on_crash(int sig, siginfo_t *info, void *context)
{
    (void)context;
    if (sig == SIGSEGV && memory_open(info->si_addr))
        return;

    const struct step *at = &explorer->current->at;

    if (freed_pointer(info->si_addr))
        engine_fail(EXPLORE_FREED, at->file, at->line,
                    "A pointer is followed that was read from freed memory.");
    else
        engine_fail(EXPLORE_CRASH, at->file, at->line, "It crashes: %s.", strsignal(sig));
    siglongjmp(explorer->crash, 1);
}

// ---- What belongs to an execution ------------------------------------------

const char *
explore_procs(void)
{
    static char text[16];

    snprintf(text, sizeof(text), "%d",
             explorer->check->procs > 0 ? explorer->check->procs : 1);
    return text;
}

struct g *
explore_getg(void)
{
    return explorer->current->g;
}

void
explore_setg(struct g *gp)
{
    explorer->current->g = gp;
}

struct m *
explore_m(size_t bytes)
{
    struct thread *me = explorer->current;

    if (me->m == NULL)
        me->m = explore_memory(bytes);
    return me->m;
}

static void
body(void *arg)
{
    (void)arg;
    explorer->check->body();
}

bool
engine_run(void)
{
    struct explorer *x = explorer;

    memory_restore();
    state_begin_execution();
    freed_begin_execution();
    x->threads = 0;
    x->steps = x->choices = 0;
    x->now = 1;
    x->failed = x->ended = x->deviated = x->cut = false;
    x->runnable = 0;
    x->text_bytes = 0;
    x->text[0] = '\0';
    x->made.n = 0;
    thread_begin(body, NULL);
    x->current = &x->thread[0];
    x->playing = true;
    // (The mask of signals need not be kept: the handlers leave it alone.)
    if (sigsetjmp(x->crash, 0) == 0)
        turn_all();
    x->playing = false;
    if (!x->failed && !x->ended && !x->cut && x->check->expect != NULL)
        engine_fail(EXPLORE_NOT_SAID, "the end", 0,
                    "The runtime should say this, and does not: %s", x->check->expect);
    if (x->most_threads < x->threads)
        x->most_threads = x->threads;
    x->executions++;
    x->all_steps += (uint64_t)x->steps;
    return !x->failed;
}

void
engine_start(const struct explore_check *check)
{
    static char crash_stack[64 << 10] __attribute__((section("explore_keep")));
    const stack_t alternate = { .ss_sp = crash_stack, .ss_size = sizeof(crash_stack) };
    const struct itimerval clock = { { .tv_usec = 200000 }, { .tv_usec = 200000 } };
    struct sigaction action = {
        .sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER,
    };
    const int open = PROT_READ | PROT_WRITE;
    struct explorer *x = explorer;

    if (x == NULL) {
        x = explorer = memory_pages(sizeof(*x), open);
        x->record = memory_pages(MOST_STEPS * sizeof(*x->record), open);
        for (int i = 0; i < THREADS; i++)
            x->thread[i].stack = memory_pages(STACK, open);
        sigaltstack(&alternate, NULL);
        sigaction(SIGSEGV, &action, NULL);
        sigaction(SIGBUS, &action, NULL);
        sigaction(SIGFPE, &action, NULL);
        sigaction(SIGILL, &action, NULL);
        action.sa_flags = SA_ONSTACK | SA_NODEFER;
        action.sa_handler = on_clock;
        sigaction(SIGVTALRM, &action, NULL);
        setitimer(ITIMER_VIRTUAL, &clock, NULL);
        memory_start();
        freed_start();
    }
    x->check = check;
    x->executions = x->all_steps = x->most_steps = 0;
    x->most_threads = 0;
}
