/** @file 02-stack_slot-stack.c  Where do stacks lie, and what lies about them? */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "stack.h"

enum { N = 40, SIZE = 64 << 10 };

static struct stack stacks[N];
static int ends[2];                 // of a pipe: the kernel touches for us

// Whether the byte at `at` can be read. No signal comes: the kernel says so.
static bool
readable(uintptr_t at)
{
    char byte;

    if (write(ends[1], (const void *)at, 1) != 1)
        return false;
    return read(ends[0], &byte, 1) == 1;
}

static void
make(void)
{
    step("making 40 stacks");
    if (pipe(ends) != 0)
        fail("This process gets no pipe.", "It is needed to look at memory.",
             "errno %d", errno);
    for (int i = 0; i < N; i++)
        if (!stack_alloc(&stacks[i], SIZE))
            fail("A stack of 64 KiB is refused.", "There is room for many.",
                 "stack %d of %d", i, N);
}

static void
each_is_whole(int i)
{
    const struct stack *s = &stacks[i];
    const long distance = (long)(s->hi - s->lo);

    if (distance < SIZE)
        fail("A stack is smaller than it was asked for.",
             "Guard, record and colour come on top of what the class promises.",
             "stack %d: %ld bytes from lo to hi, should be %d", i, distance,
             SIZE);
    step("looking at the lowest byte of each stack");
    if (!readable(s->lo))
        fail("The guard lies within the stack.",
             "It is the low end of the slot: STACK_GUARD bytes from there on. "
             "The stack begins above them.",
             "stack %d: the byte at lo (%#lx) cannot be touched", i,
             (unsigned long)s->lo);
    step("looking at the record above each stack");
    if (!readable(s->hi) || !readable(s->hi + STACK_RECORD - 1))
        fail("The record above a stack lies outside of its slot.",
             "From hi on there are STACK_RECORD bytes for the record, and "
             "above them the colour. So both are taken from the slot's end.",
             "stack %d: hi is %#lx, and a byte of the %d from there cannot be "
             "touched", i, (unsigned long)s->hi, STACK_RECORD);
    if (s->hi % 64 != 0)
        fail("A record does not begin with a line of the cache.",
             "The colour counts lines: 64 bytes for each step.",
             "stack %d: hi is %#lx", i, (unsigned long)s->hi);
    // (A kernel, or an emulator, without guards is not this function's.)
    if (s->canary && stack_guard_kind() != GUARD_CANARY)
        fail("A stack that has a guard is taken for one with a canary.",
             "Slots below canary_from have their guard.",
             "stack %d: canary is true", i);
}

static void
each_is_guarded(int i)
{
    const struct stack *s = &stacks[i];

    if (s->canary)
        return;
    step("looking below each stack");
    if (readable(s->lo - 1) || readable(s->lo - STACK_GUARD))
        fail("The guard does not lie directly below the stack.",
             "An overflow goes on below lo: STACK_GUARD bytes from there on "
             "down must be the guard of this slot.",
             "stack %d: a byte of the %d below lo (%#lx) can be touched", i,
             STACK_GUARD, (unsigned long)s->lo);
}

static void
apart(int i, int k)
{
    const struct stack *a = &stacks[i], *b = &stacks[k];

    if (a->lo < b->hi + STACK_RECORD && b->lo < a->hi + STACK_RECORD)
        fail("Two stacks share memory.",
             "Slots lie side by side: slot i begins i times slot_bytes above "
             "the first.",
             "stack %d: %#lx to %#lx\nstack %d: %#lx to %#lx", i,
             (unsigned long)a->lo, (unsigned long)a->hi, k,
             (unsigned long)b->lo, (unsigned long)b->hi);
}

static void
where_they_lie(void)
{
    bool coloured = false;

    make();
    for (int i = 0; i < N; i++)
        each_is_whole(i);
    for (int i = 0; i < N; i++)
        for (int k = 0; k < i; k++)
            apart(i, k);
    for (int i = 0; i < N; i++)
        each_is_guarded(i);
    for (int i = 1; i < N; i++)
        coloured |= (stacks[i].hi ^ stacks[0].hi) % 4096 != 0;
    if (!coloured)
        fail("All records begin at the same place of their page.",
             "They would compete for the same lines of the cache. The colour, "
             "i modulo COLOURS, moves each by some lines.",
             "hi ends in %#lx in all %d stacks", stacks[0].hi % 4096, N);
}

static void
full(void)
{
    make();
    step("filling 40 stacks with their records");
    for (int i = 0; i < N; i++)
        memset((void *)stacks[i].lo, i + 1,
               stacks[i].hi + STACK_RECORD - stacks[i].lo);
    for (int i = 0; i < N; i++)
        for (uintptr_t at = stacks[i].lo; at < stacks[i].hi; at += 512)
            if (*(unsigned char *)at != i + 1)
                fail("Two stacks share memory.",
                     "What was written to one of them is gone.",
                     "stack %d, %lu bytes above lo", i,
                     (unsigned long)(at - stacks[i].lo));
}

int
main(void)
{
    ask(where_they_lie);
    ask(full);
    return asked();
}
