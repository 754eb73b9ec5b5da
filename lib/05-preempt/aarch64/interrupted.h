/** @file interrupted.h  A function that a signal interrupted, put aside (aarch64).
 *
 * The kernel has saved every register on the signal stack, where the next
 * signal will save its own. So what it has saved is copied, to where the
 * interrupted function's own stack is free:
 *
 *     sp of the function
 *     more vector registers   if they do not fit below (SVE), at once after
 *     ucontext                the registers, then records of the others
 *     siginfo                 128 bytes that nobody reads, but the kernel
 *                             counts them
 *     ...                     preempt_async runs from here down
 *
 * To go on with the function, stand at the copy and ask the kernel to return
 * from the signal. It loads all that it has saved: also what a processor of
 * tomorrow has.
 */
#ifndef INTERRUPTED_H
#define INTERRUPTED_H

// Where the slots of a ucontext are, for preempt.S.
#define INTERRUPTED_SIGINFO 128         // bytes, below it
#define INTERRUPTED_X0      184
#define INTERRUPTED_SP      432
#define INTERRUPTED_PC      440

#ifndef __ASSEMBLER__

#include <asm/sigcontext.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

_Static_assert(offsetof(ucontext_t, uc_mcontext.regs) == INTERRUPTED_X0 &&
               offsetof(ucontext_t, uc_mcontext.sp) == INTERRUPTED_SP &&
               offsetof(ucontext_t, uc_mcontext.pc) == INTERRUPTED_PC &&
               sizeof(siginfo_t) == INTERRUPTED_SIGINFO,
               "preempt.S finds the slots by these numbers");

// preempt.S, and what it calls.
void preempt_async(void);
void preempt_yield(ucontext_t *uc);

// The record of a signal context that says where more records are, or NULL.
static inline struct extra_context *
interrupted_extra(const ucontext_t *uc)
{
    const char *at = (const char *)uc->uc_mcontext.__reserved;
    const char *end = at + sizeof(uc->uc_mcontext.__reserved);
    const struct _aarch64_ctx *head;

    while (at + sizeof(*head) <= end) {
        head = (const struct _aarch64_ctx *)at;
        if (head->magic == EXTRA_MAGIC)
            return (struct extra_context *)at;
        if (head->magic == 0 || head->size == 0)
            break;
        at += head->size;
    }
    return NULL;
}

// [put-aside]
// When the handler that got uc returns, preempt_async shall be called, as if
// the interrupted function had called it. False, and nothing is changed, if
// that takes the stack below lo.
static inline bool
interrupted_call(ucontext_t *uc, uintptr_t lo)
{
    mcontext_t *r = &uc->uc_mcontext;
    const struct extra_context *extra = interrupted_extra(uc);
    const size_t bytes = extra == NULL
        ? sizeof(*uc) : extra->datap + extra->size - (uintptr_t)uc;
    uintptr_t copy = ((uintptr_t)r->sp - bytes) & -(uintptr_t)16;

    if (copy < lo + INTERRUPTED_SIGINFO || copy > (uintptr_t)r->sp)
        return false;
    memcpy((void *)copy, uc, bytes);
    if (extra != NULL)
        interrupted_extra((ucontext_t *)copy)->datap += copy - (uintptr_t)uc;

    r->sp = copy - INTERRUPTED_SIGINFO;
    r->regs[19] = copy;
    r->pc = (uintptr_t)preempt_async;
    return true;
}
// [put-aside]

#endif
#endif
