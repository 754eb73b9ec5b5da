/** @file 02-stack_stack-reuse.c  Which stack is used next, and how does it come? */
#include <string.h>

#include "check.h"
#include "stack.h"

enum { N = 5, SIZE = 64 << 10 };

static struct stack
take(void)
{
    struct stack s = { 0 };

    if (!stack_alloc(&s, SIZE))
        fail("A stack of 64 KiB is refused.", "There is room for many.",
             "stack_alloc returned false");
    if (s.hi == 0)
        fail("The stack that is handed out is nowhere.",
             "Where it lies stands in the node, and the node in the record: "
             "read it before the record is cleared.",
             "lo and hi are 0");
    return s;
}

static int
index_of(const struct stack *all, struct stack s)
{
    for (int i = 0; i < N; i++)
        if (all[i].hi == s.hi)
            return i;
    return -1;
}

static void
last_in_first_out(void)
{
    struct stack all[N];
    int before[N];

    step("taking the first stacks, when none is free");
    for (int i = 0; i < N; i++)
        all[i] = take();
    for (int i = 0; i < N; i++)
        if (index_of(all, all[i]) != i)
            fail("One stack was handed out twice.",
                 "Once it is taken, the next on the list is the first.",
                 "stack %d is stack %d", i, index_of(all, all[i]));
    step("freeing five stacks");
    for (int i = 0; i < N; i++) {
        memset((void *)all[i].hi, 0xa5, STACK_RECORD);
        stack_free(&all[i]);
    }
    step("taking five stacks that were used before");
    for (int i = 0; i < N; i++) {
        struct stack s = take();
        int which = index_of(all, s);

        if (which < 0)
            fail("Free stacks are lost.",
                 "The rest of the list stays: its head moves on by one.",
                 "%d of %d were used again, and then came a new one", i, N);
        for (int k = 0; k < i; k++)
            if (before[k] == which)
                fail("One stack was handed out twice.",
                     "Once it is taken, the next on the list is the first.",
                     "stack %d is in use, and came again", which);
        if (which != N - 1 - i)
            fail("It is not the stack that was used last.",
                 "That one is still in the cache. What was freed last is "
                 "taken first.",
                 "freed 0 to %d in turn; number %d came, should be %d", N - 1,
                 which, N - 1 - i);
        before[i] = which;
    }
    for (int i = 0; i < N; i++)
        for (int at = 0; at < STACK_RECORD; at++)
            if (((char *)all[i].hi)[at] != 0)
                fail("The record of a stack that is used again is not zero.",
                     "It becomes a g, and a new g is zero: a status that is "
                     "left over would count.",
                     "byte %d of the record is %#x", at,
                     ((unsigned char *)all[i].hi)[at]);
    step("taking one more than were free");
    if (index_of(all, take()) >= 0)
        fail("One stack was handed out twice.",
             "When none is free, a new one is carved.",
             "five were freed, and the sixth is one of them");
}

// Beyond a few that are free a stack gives its memory back, which costs. So
// they are counted: one that is taken is not free.
static void
counted(void)
{
    struct stack s = take();
    volatile char *low = (char *)s.lo + 4096;

    step("using one stack again and again");
    for (int i = 0; i < 100; i++) {
        *low = 1;
        stack_free(&s);
        s = take();
        if (*low != 1)
            fail("A stack that is used again and again loses its memory.",
                 "Only beyond a number of free ones is memory given back. "
                 "One that is taken is not free: count it off.",
                 "after %d times, with one stack free at most", i + 1);
    }
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    if (c->signal != 11 || c->address > 4096)
        return false;
    *what = "A stack was taken from a list that is empty.";
    *why = "Ask for NULL first: false says that none is free, and a new one "
           "is carved.";
    return true;
}

int
main(void)
{
    explain_crashes(explain);
    ask(last_in_first_out);
    ask(counted);
    return asked();
}
