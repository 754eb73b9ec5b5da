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

// Write the goroutine that calls to standard error: a heading, its call chain,
// who made it. Nothing outside of a goroutine.
void traceback_self(void);

// Write all goroutines, the one that calls first. The others must not run any
// more: parts of their stacks are overwritten.
void traceback_all(void);

// The same from a signal handler: the goroutine that was interrupted at pc
// comes first.
void traceback_self_at(uintptr_t pc);
void traceback_all_at(uintptr_t pc);

// Write where gp was made.
void traceback_created(const struct g *gp);

// fatal.c: end the process with status 2, after tell(arg).
_Noreturn void fatal_signal(void (*tell)(void *), void *arg);

#endif
