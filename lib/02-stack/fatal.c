/** @file fatal.c  The end of a process whose rules were broken, with an account
 * of what its goroutines were doing.
 *
 * Go's words and Go's exit status: "fatal error: " and 2. GOTRACEBACK says how
 * much follows. Mirrors fatal, throw and gotraceback in Go's runtime/panic.go
 * and runtime1.go.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime.h"

#include "relax.h"
#include "traceback.h"

static void
vsay(const char *start, const char *format, va_list args, const char *end)
{
    char line[1024];
    const size_t room = sizeof(line) - strlen(end);
    size_t bytes = (size_t)snprintf(line, room, "%s", start);
    int n = vsnprintf(line + bytes, room - bytes, format, args);

    if (n > 0)
        bytes += (size_t)n < room - bytes ? (size_t)n : room - bytes - 1;
    memcpy(line + bytes, end, strlen(end));
    world.write(line, bytes + strlen(end));
}

// Write to standard error, in one piece.
void
say(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsay("", format, args, "");
    va_end(args);
}

// One thread tells why the process ends. Others that come here meanwhile wait
// for the end; if it is the same thread again, telling has failed.
static void
begin_end(void)
{
    static ATOMIC(const void *) teller;
    const void *nobody = NULL;
    const void *me = __errno_location();        // a place in this thread

    if (atomic_cas(&teller, &nobody, me))
        return;
    if (nobody == me)
        world.exit(2);
    for (;;)
        cpu_relax();
}

static _Noreturn void
end(void)
{
    if (traceback_level() == TRACEBACK_CRASH) {
        struct sigaction action = { .sa_handler = SIG_DFL };

        world.on_signal(SIGABRT, &action, NULL);
        abort();
    }
    world.exit(2);
    __builtin_unreachable();
}

// Write "fatal error: ", the text, and a newline to standard error in one
// piece, then what each goroutine was doing, and exit with status 2.
_Noreturn void
fatal(const char *format, ...)
{
    const uintptr_t caller = (uintptr_t)__builtin_return_address(0);
    va_list args;

    begin_end();
    va_start(args, format);
    vsay("fatal error: ", format, args, "\n");
    va_end(args);
    if (traceback_level() > TRACEBACK_NONE)
        traceback_all_at(caller);
    end();
}

// The same for what Go calls a panic. Until chapter 10 nobody recovers.
_Noreturn void
gopanic(const char *text)
{
    const uintptr_t caller = (uintptr_t)__builtin_return_address(0);

    begin_end();
    say("panic: %s\n", text);
    if (traceback_level() == TRACEBACK_SINGLE)
        traceback_self_at(caller);
    else if (traceback_level() > TRACEBACK_SINGLE)
        traceback_all_at(caller);
    end();
}

// The process ends because of what a signal handler found. It has said so.
_Noreturn void
fatal_signal(void (*tell)(void *), void *arg)
{
    begin_end();
    tell(arg);
    end();
}
