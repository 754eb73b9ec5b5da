/** @file fresh.c  Until chapter 4 a goroutine has its stack before it begins. */
#include "proc.h"
#include "stack.h"

struct g *
gfree_get(struct m *mp, size_t stack_max)
{
    return gfree_take(mp, stack_max);
}

void
g_each(void (*fn)(struct g *gp, void *arg), void *arg)
{
    stack_each(fn, arg);
}
