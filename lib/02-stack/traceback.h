/** @file traceback.h  What goroutines are doing: for people, in Go's form. */
#ifndef TRACEBACK_H
#define TRACEBACK_H

#include "runtime.h"

enum traceback_level {
    TRACEBACK_NONE,         // the message only
    TRACEBACK_SINGLE,       // the goroutine that failed (unless said)
    TRACEBACK_ALL,
    TRACEBACK_SYSTEM,       // the runtime's own functions, too
    TRACEBACK_CRASH,        // and a core dump
};

// What GOTRACEBACK asks for.
enum traceback_level traceback_level(void);

// Write the goroutine that calls, or that a signal interrupted, to standard
// error: a heading, its call chain from pc on, who made it. Nothing outside of
// a goroutine.
void traceback_self_at(uintptr_t pc);

// The same, and then all others. They must not run any more: parts of their
// stacks are overwritten.
void traceback_all_at(uintptr_t pc);

// Write where gp was made.
void traceback_created(const struct g *gp);

// fatal.c: end the process with status 2, after tell(arg).
_Noreturn void fatal_signal(void (*tell)(void *), void *arg);

#endif
