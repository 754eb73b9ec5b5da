/** @file gobuf.c  The picture of a goroutine that has never run (aarch64).
 *
 * gobuf_switch continues whatever a gobuf describes. So a new goroutine needs
 * no code of its own to start: we draw by hand what gobuf_switch in gobuf.S
 * would have saved, had the goroutine stopped just before its first
 * instruction.
 *
 *     s->hi   ->  +--------------------+   higher addresses
 *                 | up to 15 bytes     |   unused: sp must be a multiple of 16
 *     buf->sp ->  +--------------------+
 *                 | free               |
 *     s->lo   ->  +--------------------+   lower addresses
 */
#include "runtime.h"

static void
draw(struct gobuf *buf, const struct stack *s)
{
    uintptr_t *sp;

    // A stack grows down, so it starts at its high end. The processor itself
    // wants sp to be a multiple of 16 whenever it is used.
    // [lab first-sp]
    sp = (uintptr_t *)(s->hi & ~(uintptr_t)15);
    // [lab first-sp]

    // x29 = 0 also ends a backtrace that follows frame pointers.
    *buf = (struct gobuf){
        .sp = (uintptr_t)sp,
        .pc = (uintptr_t)gobuf_entry,
    };
}

void
gobuf_modes(struct gobuf *buf)
{
    __asm__ volatile("mrs %0, fpcr" : "=r"(buf->fpcr));
}

void
gobuf_modes_like(struct gobuf *buf, const struct gobuf *other)
{
    buf->fpcr = other->fpcr;
    __asm__ volatile("msr fpcr, %0" : : "r"(buf->fpcr));
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
    buf->fpcr = other->fpcr;
}
