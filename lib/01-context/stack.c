/** @file stack.c  Until chapter 2: a stack is fresh pages and one guard.
 *
 * Nothing is kept for reuse and nobody explains an overflow, but an overflow
 * touches the guard, and the process dies. Only a function with more locals
 * than the guard has bytes could step over it, into a neighbour.
 */
#include "runtime.h"

enum {
    ROUND = 4096,
    // Whole pages on every machine: they have 4, 16 or 64 KiB. It costs
    // addresses, no memory.
    GUARD = 64 << 10,
};

// Make *s a stack of at least `bytes`. False, with errno as ENOMEM and *s as
// it was, if there is no memory, or if the kernel refuses one more mapping.
bool
stack_alloc(struct stack *s, size_t bytes)
{
    const size_t size = (bytes + STACK_RECORD + ROUND - 1) / ROUND * ROUND;
    char *pages = world.map(GUARD + size);

    if (pages != NULL && world.guard(pages, GUARD) != 0) {
        world.unmap(pages, GUARD + size);
        pages = NULL;
    }
    if (pages == NULL) {
        errno = ENOMEM;         // EAGAIN, if memory is locked
        return false;
    }
    s->lo = (uintptr_t)pages + GUARD;
    s->hi = s->lo + size - STACK_RECORD;
    s->canary = false;
    return true;
}

// Give back a stack of stack_alloc, and its guard. Nobody may stand on it.
void
stack_free(struct stack *s)
{
    if (world.unmap((void *)(s->lo - GUARD),
                    s->hi + STACK_RECORD - s->lo + GUARD) != 0)
        fatal("stack_free: the kernel does not take the stack back");
}

// Until chapter 2 every stack has its guard, and nobody comes here.
_Noreturn void
stack_overflow(const struct g *gp)
{
    (void)gp;
    fatal("stack overflow");
}
