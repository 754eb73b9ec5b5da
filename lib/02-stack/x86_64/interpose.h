/** @file interpose.h  Two things that only the machine knows (x86-64): how to
 * let a parked goroutine call a function, and what a signal interrupted.
 */
#ifndef INTERPOSE_H
#define INTERPOSE_H

#include <ucontext.h>

#include "gobuf.h"

// When buf goes on, it shall first call fn, as if the call stood where it
// stopped. So fn can walk the stack as a function of that goroutine, with the
// registers that were saved. fn may return; the value handed over is lost.
static inline void
gobuf_interpose(struct gobuf *buf, void (*fn)(void))
{
    // The top of the stack is the return address already.
    buf->sp -= sizeof(uintptr_t);
    *(uintptr_t *)buf->sp = (uintptr_t)fn;
}

// Whether buf has never run: then there is no frame to walk.
static inline bool
gobuf_is_new(const struct gobuf *buf)
{
    return *(uintptr_t *)buf->sp == (uintptr_t)gobuf_entry;
}

static inline uintptr_t
signal_pc(const void *context)
{
    return (uintptr_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
}

static inline uintptr_t
signal_sp(const void *context)
{
    return (uintptr_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RSP];
}

// Where a function returns to that has not put that on its stack; 0: there is no
// such register.
static inline uintptr_t
signal_link(const void *context)
{
    (void)context;
    return 0;
}

// Registers for numbers and addresses that hold `was` hold `is` from now on.
static inline void
signal_replace(ucontext_t *context, uintptr_t was, uintptr_t is)
{
    mcontext_t *m = &context->uc_mcontext;

    for (int i = REG_R8; i <= REG_RCX; i++)
        if ((uintptr_t)m->gregs[i] == was)
            m->gregs[i] = (greg_t)is;
}

#endif
