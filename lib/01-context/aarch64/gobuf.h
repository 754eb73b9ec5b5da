/** @file gobuf.h  What is left of a goroutine while it does not run (aarch64).
 *
 * The procedure call standard splits the registers between the two sides of
 * a call. gobuf_switch looks like a call to both sides, so the caller has
 * already put away what is its own; the slots below are the other half, the
 * callee's. Nothing else survives a switch, and nothing else has to.
 *
 * Invariants, while the goroutine does not run:
 *   - pc is the address where it goes on, sp its stack pointer there;
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
#define GOBUF_PC     8          // x30, the link register
#define GOBUF_X19    16         // x19 to x28, two by two
#define GOBUF_X29    96         // the frame pointer
#define GOBUF_FPCR   104        // rounding and traps
#define GOBUF_D8     112        // d8 to d15, two by two

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

struct stack;

struct gobuf {
    uintptr_t sp;
    uintptr_t pc;
    uintptr_t x19_x28[10];
    uintptr_t x29;
    uint64_t  fpcr;
    uint64_t  d8_d15[8];
};

_Static_assert(offsetof(struct gobuf, sp) == GOBUF_SP &&
               offsetof(struct gobuf, pc) == GOBUF_PC &&
               offsetof(struct gobuf, x19_x28) == GOBUF_X19 &&
               offsetof(struct gobuf, x29) == GOBUF_X29 &&
               offsetof(struct gobuf, fpcr) == GOBUF_FPCR &&
               offsetof(struct gobuf, d8_d15) == GOBUF_D8,
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
