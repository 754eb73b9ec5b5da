/** @file gfree.c  Until chapter 3 the stacks that are free (stack.c) are all
 * that is kept of goroutines that have ended.
 */
#include "stack.h"

#include "gstatus.h"
#include "proc.h"

struct g *
gfree_take(struct m *mp, size_t stack_max)
{
    struct stack stack;

    (void)mp;
    if (!stack_alloc(&stack, stack_max))
        fatal("go: no memory for a stack of %zu bytes, the limit of addresses "
              "is reached (ulimit -v, vm.overcommit_memory)", stack_max);

    struct g *gp = (struct g *)stack.hi;

    gp->stack = stack;
    gp->stack_max = stack_max;
    gp->top = gp;
    g_init(gp, goroutine_start, gp);
    return gp;
}

void
gfree_put(struct m *mp, struct g *gp)
{
    struct stack stack = gp->stack;

    (void)mp;
    hooks_free(&gp->hooks);
    stack_free(&stack);
}
