/** @file 02-stack_stack-class.c  Does a stack have the size that was asked for? */
#include "check.h"
#include "stack.h"

// The kernel may refuse this much: then there is nothing to measure.
static void
ask_for(size_t bytes)
{
    struct stack s = { 0 };

    if (!stack_alloc(&s, bytes))
        return;
    if (s.hi - s.lo < bytes)
        fail("A stack is smaller than it was asked for.",
             "The exponent is rounded up: a class holds 2^k bytes, and a stack "
             "of more needs the next one.",
             "asked for %#zx bytes, received %#zx", bytes,
             (size_t)(s.hi - s.lo));
    if (s.hi - s.lo >= 2 * bytes)
        fail("A stack is twice as large as it must be.",
             "A power of two is its own class: only what is more than 2^k "
             "goes to the next one.",
             "asked for %#zx bytes, received %#zx", bytes,
             (size_t)(s.hi - s.lo));
    stack_free(&s);
}

static void
powers_of_two(void)
{
    step("asking for stacks of 2^k bytes");
    for (size_t bytes = 64 << 10; bytes <= 64 << 20; bytes *= 2)
        ask_for(bytes);
}

static void
between_powers(void)
{
    step("asking for stacks of a little more, and a little less, than 2^k");
    for (size_t bytes = 256 << 10; bytes <= 32 << 20; bytes *= 2) {
        ask_for(bytes + 16384);
        ask_for(bytes + bytes / 2);
        ask_for(2 * bytes - 1);
    }
}

static void
more_than_32_bits(void)
{
    step("asking for a stack of more than 4 GiB");
    ask_for(((size_t)1 << 32) + 65536);
    step("asking for a stack of all addresses");
    ask_for(SIZE_MAX);
}

int
main(void)
{
    ask(powers_of_two);
    ask(between_powers);
    ask(more_than_32_bits);
    return asked();
}
