/** @file machine.h  What the checks know of the processor (aarch64). */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
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

static inline void
machine_set_pc(ucontext_t *context, uintptr_t pc)
{
    context->uc_mcontext.pc = pc;
}

static inline void
machine_set_sp(ucontext_t *context, uintptr_t sp)
{
    context->uc_mcontext.sp = sp;
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

// What a call preserves, by the numbers of DWARF: x19 to x29, d8 to d15.
static const int machine_saved[] = {
    19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
    72, 73, 74, 75, 76, 77, 78, 79,
};

// A program cannot make itself step here.
static inline void
machine_step(bool on)
{
    (void)on;
}

// A brk is returned to, unless one goes past it.
static inline void
machine_skip_trap(ucontext_t *context)
{
    context->uc_mcontext.pc += 4;
}

#endif
