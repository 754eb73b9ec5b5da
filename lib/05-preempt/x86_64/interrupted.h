/** @file interrupted.h  A function that a signal interrupted, put aside (x86-64).
 *
 * The kernel has saved every register on the signal stack, where the next
 * signal will save its own. So what it has saved is copied, to where the
 * interrupted function's own stack is free:
 *
 *     sp of the function
 *     128 bytes               that it may use below sp (the ABI's red zone)
 *     vector registers        at a multiple of 64
 *     ucontext                the other registers; its fpregs points above
 *     ...                     preempt_async runs from here down
 *
 * To go on with the function, stand at the copy and ask the kernel to return
 * from the signal. It loads all that it has saved: also what a processor of
 * tomorrow has.
 */
#ifndef INTERRUPTED_H
#define INTERRUPTED_H

// Where the slots of a ucontext are, for preempt.S: 40 bytes, then r8 to r15,
// rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip.
#define INTERRUPTED_R8   40
#define INTERRUPTED_RDI  104
#define INTERRUPTED_RSI  112
#define INTERRUPTED_RBP  120
#define INTERRUPTED_RBX  128
#define INTERRUPTED_RDX  136
#define INTERRUPTED_RAX  144
#define INTERRUPTED_RCX  152
#define INTERRUPTED_RSP  160
#define INTERRUPTED_RIP  168

#ifndef __ASSEMBLER__

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

#define INTERRUPTED_SLOT(register, slot)                                      \
    _Static_assert(offsetof(ucontext_t, uc_mcontext.gregs) + 8 * (register)   \
                   == (slot), "preempt.S finds the slots by these numbers")
INTERRUPTED_SLOT(REG_R8, INTERRUPTED_R8);
INTERRUPTED_SLOT(REG_RDI, INTERRUPTED_RDI);
INTERRUPTED_SLOT(REG_RBX, INTERRUPTED_RBX);
INTERRUPTED_SLOT(REG_RSP, INTERRUPTED_RSP);
INTERRUPTED_SLOT(REG_RIP, INTERRUPTED_RIP);

enum { RED_ZONE = 128, DIRECTION_FLAG = 0x400 };

// preempt.S, and what it calls.
void preempt_async(void);
void preempt_yield(ucontext_t *uc);

// How many bytes of vector registers the kernel has saved.
static inline size_t
interrupted_vectors(const ucontext_t *uc)
{
    const struct _libc_fpstate *fp = uc->uc_mcontext.fpregs;
    struct _fpx_sw_bytes sw;

    memcpy(&sw, (const char *)fp + sizeof(*fp) - sizeof(sw), sizeof(sw));
    return sw.magic1 == FP_XSTATE_MAGIC1 ? sw.extended_size : sizeof(*fp);
}

// [put-aside]
// When the handler that got uc returns, preempt_async shall be called, as if
// the interrupted function had called it. False, and nothing is changed, if
// that takes the stack below lo.
static inline bool
interrupted_call(ucontext_t *uc, uintptr_t lo)
{
    greg_t *r = uc->uc_mcontext.gregs;
    const size_t vectors = interrupted_vectors(uc);
    // The kernel's is shorter than the C library's: it ends with the mask.
    const size_t bytes = offsetof(ucontext_t, uc_sigmask) + sizeof(uint64_t);
    uintptr_t fp = ((uintptr_t)r[REG_RSP] - RED_ZONE - vectors) & -(uintptr_t)64;
    uintptr_t copy = (fp - bytes) & -(uintptr_t)16;

    if (copy < lo || copy > (uintptr_t)r[REG_RSP])
        return false;
    memcpy((void *)fp, uc->uc_mcontext.fpregs, vectors);
    memcpy((void *)copy, uc, bytes);
    ((ucontext_t *)copy)->uc_mcontext.fpregs = (void *)fp;

    r[REG_RSP] = (greg_t)copy;
    r[REG_RBX] = (greg_t)copy;
    r[REG_RIP] = (greg_t)preempt_async;
    r[REG_EFL] &= ~(greg_t)DIRECTION_FLAG;
    return true;
}
// [put-aside]

#endif
#endif
