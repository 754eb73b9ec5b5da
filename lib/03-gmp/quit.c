/** @file quit.c  SIGQUIT: every goroutine says what it does, and the process
 * ends with status 2. Mirrors sighandler in Go's runtime/signal_unix.go.
 */
#include <signal.h>

#include "runtime.h"

#include "interpose.h"
#include "quit.h"
#include "traceback.h"

static struct sigaction old;

struct quit {
    uintptr_t pc;
    int code;
};

static void
tell(void *arg)
{
    const struct quit *q = arg;

    say("SIGQUIT: quit\nPC=%#lx sigcode=%d\n", (unsigned long)q->pc, q->code);
    traceback_all_at(q->pc);
}

static void
on_quit(int sig, siginfo_t *info, void *context)
{
    (void)sig;
    fatal_signal(tell, &(struct quit){ signal_pc(context), info->si_code });
}

void
quit_catch(void)
{
    struct sigaction action = {
        .sa_sigaction = on_quit,
        .sa_flags = SA_SIGINFO | SA_ONSTACK,
    };

    // (See overflow_catch.)
    sigaddset(&action.sa_mask, SIGURG);
    if (world.on_signal(SIGQUIT, NULL, &old) == 0 &&
        old.sa_handler == SIG_DFL)
        world.on_signal(SIGQUIT, &action, NULL);
}

void
quit_release(void)
{
    struct sigaction now;

    if (world.on_signal(SIGQUIT, NULL, &now) == 0 &&
        now.sa_sigaction == on_quit)
        world.on_signal(SIGQUIT, &old, NULL);
}
