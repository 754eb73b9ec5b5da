/** @file interpose.h  Two things that only the machine knows (aarch64): how to
 * let a parked goroutine call a function, and what a signal interrupted.
 */
#ifndef INTERPOSE_H
#define INTERPOSE_H

#include <ucontext.h>

#include "gobuf.h"

// interpose.S
void gobuf_interposed(void);

// When buf goes on, it shall first call fn, as if the call stood where it
// stopped. So fn can walk the stack as a function of that goroutine, with the
// registers that were saved. fn may return; the value handed over is lost.
static inline void
gobuf_interpose(struct gobuf *buf, void (*fn)(void))
{
    buf->sp -= 2 * sizeof(uintptr_t);
    ((uintptr_t *)buf->sp)[0] = buf->pc;
    ((uintptr_t *)buf->sp)[1] = (uintptr_t)fn;
    buf->pc = (uintptr_t)gobuf_interposed;
}

// Whether buf has never run: then there is no frame to walk.
static inline bool
gobuf_is_new(const struct gobuf *buf)
{
    return buf->pc == (uintptr_t)gobuf_entry;
}

static inline uintptr_t
signal_pc(const void *context)
{
    return ((const ucontext_t *)context)->uc_mcontext.pc;
}

static inline uintptr_t
signal_sp(const void *context)
{
    return ((const ucontext_t *)context)->uc_mcontext.sp;
}

// Where a function returns to that has not put that on its stack; 0: there is no
// such register.
static inline uintptr_t
signal_link(const void *context)
{
    return ((const ucontext_t *)context)->uc_mcontext.regs[30];
}

// Registers for numbers and addresses that hold `was` hold `is` from now on.
static inline void
signal_replace(ucontext_t *context, uintptr_t was, uintptr_t is)
{
    mcontext_t *m = &context->uc_mcontext;

    for (int i = 0; i < 31; i++)
        if (m->regs[i] == was)
            m->regs[i] = is;
}

#endif
