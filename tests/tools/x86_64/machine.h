/** @file machine.h  What the checks know of the processor (x86-64). */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
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

static inline void
machine_set_pc(ucontext_t *context, uintptr_t pc)
{
    context->uc_mcontext.gregs[REG_RIP] = (greg_t)pc;
}

static inline void
machine_set_sp(ucontext_t *context, uintptr_t sp)
{
    context->uc_mcontext.gregs[REG_RSP] = (greg_t)sp;
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

// What a call preserves, by the numbers of DWARF: rbx, rbp, r12 to r15.
static const int machine_saved[] = { 3, 6, 12, 13, 14, 15 };

// From here on each instruction ends in SIGTRAP, or none does any more.
static inline void
machine_step(bool on)
{
    if (on)
        __asm__ volatile("pushfq; orq $0x100, (%%rsp); popfq"
                         : : : "memory", "cc");
    else
        __asm__ volatile("pushfq; andq $~0x100, (%%rsp); popfq"
                         : : : "memory", "cc");
}

// After the trap it goes on by itself.
static inline void
machine_skip_trap(ucontext_t *context)
{
    (void)context;
}

#endif
