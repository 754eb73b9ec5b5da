/** @file machine.h  What the checks know of the processor (x86-64). */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdint.h>
#include <ucontext.h>

#include "gobuf.h"

static inline uintptr_t
machine_pc(const ucontext_t *context)
{
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
}

static inline uintptr_t
machine_sp(const ucontext_t *context)
{
    return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
}

// Where the stack pointer stands when gobuf_entry starts: its address has been
// popped by then.
static inline uintptr_t
machine_first_sp(const struct gobuf *buf)
{
    return buf->sp + 8;
}

// Where it goes on then: the word that is popped.
static inline uintptr_t
machine_first_pc(const struct gobuf *buf)
{
    return *(const uintptr_t *)buf->sp;
}

#endif
