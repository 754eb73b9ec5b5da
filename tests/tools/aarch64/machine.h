/** @file machine.h  What the checks know of the processor (aarch64). */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdint.h>
#include <ucontext.h>

#include "gobuf.h"

static inline uintptr_t
machine_pc(const ucontext_t *context)
{
    return context->uc_mcontext.pc;
}

static inline uintptr_t
machine_sp(const ucontext_t *context)
{
    return context->uc_mcontext.sp;
}

// Where the stack pointer stands when gobuf_entry starts.
static inline uintptr_t
machine_first_sp(const struct gobuf *buf)
{
    return buf->sp;
}

// Where it goes on then.
static inline uintptr_t
machine_first_pc(const struct gobuf *buf)
{
    return buf->pc;
}

#endif
