/** @file gobuf.h  What is left of a goroutine while it does not run (x86-64).
 *
 * The System V ABI splits the registers between the two sides of a call.
 * gobuf_switch looks like a call to both sides, so the caller has already
 * put away what is its own; the slots below are the other half, the
 * callee's. Nothing else survives a switch, and nothing else has to.
 *
 * Invariants, while the goroutine does not run:
 *   - sp points at the address where it goes on, the last word it pushed;
 *   - every other slot holds what its register held at that moment.
 * While it runs the contents mean nothing.
 *
 * Mirrors gobuf in Go's runtime/runtime2.go, which keeps sp and pc only:
 * Go's compiler saves every register before it calls the scheduler.
 */
#ifndef GOBUF_H
#define GOBUF_H

// Where each slot is, for gobuf.S, which cannot read the struct.
#define GOBUF_SP     0
#define GOBUF_RBX    8
#define GOBUF_RBP    16
#define GOBUF_R12    24
#define GOBUF_R13    32
#define GOBUF_R14    40
#define GOBUF_R15    48
#define GOBUF_MXCSR  56         // 32 bits: rounding and traps of SSE
#define GOBUF_FPCW   60         // 16 bits: the same for x87

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

struct stack;

struct gobuf {
    uintptr_t sp;
    uintptr_t rbx;
    uintptr_t rbp;
    uintptr_t r12;
    uintptr_t r13;
    uintptr_t r14;
    uintptr_t r15;
    uint32_t  mxcsr;
    uint16_t  fpcw;
};

_Static_assert(offsetof(struct gobuf, sp) == GOBUF_SP &&
               offsetof(struct gobuf, rbx) == GOBUF_RBX &&
               offsetof(struct gobuf, rbp) == GOBUF_RBP &&
               offsetof(struct gobuf, r12) == GOBUF_R12 &&
               offsetof(struct gobuf, r13) == GOBUF_R13 &&
               offsetof(struct gobuf, r14) == GOBUF_R14 &&
               offsetof(struct gobuf, r15) == GOBUF_R15 &&
               offsetof(struct gobuf, mxcsr) == GOBUF_MXCSR &&
               offsetof(struct gobuf, fpcw) == GOBUF_FPCW,
               "gobuf.S finds the slots by these numbers");

// Fill buf so that the first switch to it starts gobuf_entry on the empty
// stack s. The rounding modes are those of the caller, as for a new thread.
void gobuf_init(struct gobuf *buf, const struct stack *s);

// Only that: buf has the rounding modes of the caller.
void gobuf_modes(struct gobuf *buf);

// The other way round, too: the processor and buf have those that other was
// saved with.
void gobuf_modes_like(struct gobuf *buf, const struct gobuf *other);

// The same with the rounding modes that other was saved with. Reading those of
// the processor takes as long as a switch.
void gobuf_init_like(struct gobuf *buf, const struct stack *s,
                     const struct gobuf *other);

// Save the running function in from, continue the one saved in to, and hand
// it value. Returns when somebody switches back to from: what they hand over.
//
// The caller has made `to` the current g (setg), and nobody else may continue
// `from` before the switch is complete. from and to differ.
void *gobuf_switch(struct gobuf *from, struct gobuf *to, void *value);

// Where a new stack begins: calls g_main, which does not return.
// Not a function to call; gobuf_init points at it.
void gobuf_entry(void);

#endif
#endif
