/** @file stack.c  Until chapter 2: a stack is fresh pages and one guard.
 *
 * Nothing is kept for reuse and nobody explains an overflow, but an overflow
 * never writes into a neighbour: it touches the guard, and the process dies.
 */
#include "runtime.h"

enum { PAGE = 4096 };

// Make *s a stack of at least `bytes`. False, with errno set and *s as it
// was, if there is no memory, or if the kernel refuses one more mapping.
bool
stack_alloc(struct stack *s, size_t bytes)
{
    const size_t size = (bytes + STACK_RECORD + PAGE - 1) / PAGE * PAGE;
    char *pages = world.map(PAGE + size);

    if (pages == NULL)
        return false;
    if (world.guard(pages, PAGE) != 0) {
        int error = errno;

        world.unmap(pages, PAGE + size);
        errno = error;
        return false;
    }
    s->lo = (uintptr_t)pages + PAGE;
    s->hi = s->lo + size - STACK_RECORD;
    s->canary = false;
    return true;
}

// Give back a stack of stack_alloc, and its guard. Nobody may stand on it.
void
stack_free(struct stack *s)
{
    if (world.unmap((void *)(s->lo - PAGE),
                    s->hi + STACK_RECORD - s->lo + PAGE) != 0)
        fatal("stack_free: the kernel does not take the stack back");
}

// Until chapter 2 every stack has its guard, and nobody comes here.
_Noreturn void
stack_overflow(const struct g *gp)
{
    (void)gp;
    fatal("stack overflow");
}
