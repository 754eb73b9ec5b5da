/** @file where.c  Where does a stack lie, and what becomes of it? */
#include <stdlib.h>
#include <unistd.h>

#include "../01-context/claim.h"
#include "stack.h"

static struct stack first, second;
static uintptr_t local;

static void
looks(void *arg)
{
    *(struct stack *)arg = getg()->stack;
    local = (uintptr_t)__builtin_frame_address(0);
}

static void
run_one(struct stack *s)
{
    struct go_coro *co = go_coro_new(looks, s);

    if (co == NULL)
        exit(2);
    go_coro_resume(co);
    go_coro_free(co);
}

int
main(void)
{
    void *allocated = malloc(64);       // so that there is a heap

    run_one(&first);
    run_one(&second);

    // Stacks are mapped; the heap of malloc ends at the break.
    const bool in_heap = first.lo < (uintptr_t)sbrk(0) &&
                         first.lo > (uintptr_t)allocated;

    verdict("2.11 2.37", local >= first.lo && local < first.hi ? "true"
            : "false", "lo is the lowest byte, hi the first above: [lo, hi)");
    verdict("2.26", first.hi == second.hi ? "true" : "false",
            "the next one had the same stack");
    verdict("2.34", in_heap ? "true" : "half true",
            "in memory of the runtime's own; in Go its allocator's, but not "
            "collected");
    free(allocated);
    return 0;
}
