/** @file gobuf.c  The picture of a goroutine that has never run (x86-64).
 *
 * gobuf_switch continues whatever a gobuf describes. So a new goroutine needs
 * no code of its own to start: we draw by hand what gobuf_switch in gobuf.S
 * would have saved, had the goroutine stopped just before its first
 * instruction.
 *
 *     s->hi   ->  +--------------------+   higher addresses
 *                 | up to 15 bytes     |   unused: sp must be a multiple of 16
 *                 +--------------------+ <- rsp when gobuf_entry starts
 *     buf->sp ->  | gobuf_entry        |   popped by gobuf_switch
 *                 +--------------------+
 *                 | free               |
 *     s->lo   ->  +--------------------+   lower addresses
 */
#include "runtime.h"

static void
draw(struct gobuf *buf, const struct stack *s)
{
    uintptr_t *sp;

    // A stack grows down, so the first slot is the highest. The ABI wants
    // rsp to be a multiple of 16 before each call, and gobuf_entry makes one.
    // [lab first-sp]
    sp = (uintptr_t *)(s->hi & ~(uintptr_t)15);
    // [lab first-sp]

    *--sp = (uintptr_t)gobuf_entry;
    // rbp = 0 also ends a backtrace that follows frame pointers.
    *buf = (struct gobuf){ .sp = (uintptr_t)sp };
}

void
gobuf_modes(struct gobuf *buf)
{
    __asm__ volatile("stmxcsr %0" : "=m"(buf->mxcsr));
    __asm__ volatile("fnstcw %0" : "=m"(buf->fpcw));
}

void
gobuf_modes_like(struct gobuf *buf, const struct gobuf *other)
{
    buf->mxcsr = other->mxcsr;
    buf->fpcw = other->fpcw;
    __asm__ volatile("ldmxcsr %0" : : "m"(buf->mxcsr));
    __asm__ volatile("fldcw %0" : : "m"(buf->fpcw));
}

void
gobuf_init(struct gobuf *buf, const struct stack *s)
{
    draw(buf, s);
    gobuf_modes(buf);
}

void
gobuf_init_like(struct gobuf *buf, const struct stack *s,
                const struct gobuf *other)
{
    draw(buf, s);
    buf->mxcsr = other->mxcsr;
    buf->fpcw = other->fpcw;
}
