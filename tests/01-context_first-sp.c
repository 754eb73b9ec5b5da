/** @file 01-context_first-sp.c  Where does gobuf_init let a stack begin? */
#include <string.h>

#include "check.h"
#include "machine.h"
#include "runtime.h"

enum { SIZE = 4096, FREE_SPACE = 256, PATTERN = 0xa5 };

// A stack, with memory of somebody else's on both sides.
static unsigned char memory[FREE_SPACE + SIZE + FREE_SPACE]
    __attribute__((aligned(64)));

static void
untouched(const unsigned char *from, const unsigned char *to,
          const char *what, long hi)
{
    for (const unsigned char *p = from; p < to; p++)
        if (*p != PATTERN)
            fail(what,
                 "A stack is [lo, hi): hi is the first byte that is not ours, "
                 "and lo the lowest that is.",
                 "hi ends in %#lx; changed: the byte at hi %+ld", hi & 15,
                 (long)(p - to) + (long)(to - from));
}

// Ask for a stack whose high end is `odd` bytes above a multiple of 16.
static void
begin(int odd)
{
    struct gobuf buf;
    struct stack s = {
        .lo = (uintptr_t)memory + FREE_SPACE,
        .hi = (uintptr_t)memory + FREE_SPACE + SIZE - 64 + (uintptr_t)odd,
    };

    memset(memory, PATTERN, sizeof(memory));
    step("drawing the first frame");
    gobuf_init(&buf, &s);

    uintptr_t sp = machine_first_sp(&buf);
    long hi = (long)s.hi;

    if (sp > s.hi)
        fail("The stack begins above its top.",
             "Rounding must go down: up from hi is memory of somebody else.",
             "hi is %#lx, and sp is %#lx when gobuf_entry starts: %ld above",
             hi, (long)sp, (long)sp - hi);
    if (sp < s.lo + 256)
        fail("The stack begins at its low end.",
             "A stack grows down: the first push would leave it at once. It "
             "begins at hi.",
             "lo is %#lx, hi is %#lx, and sp is %#lx when gobuf_entry starts",
             (long)s.lo, hi, (long)sp);
    untouched((unsigned char *)s.hi, memory + sizeof(memory),
              "Something was written above the top of the stack.", hi);
    untouched(memory, (unsigned char *)s.lo,
              "Something was written below the stack.", hi);
    if (sp % 16 != 0)
        fail("The stack pointer is not a multiple of 16 when gobuf_entry "
             "starts.",
             "The compiler counts on it: an aligned load of 16 bytes from "
             "the stack would fault, far from here.",
             "hi ends in %#lx, and sp is %#lx: %ld over a multiple of 16",
             hi & 15, (long)sp, (long)(sp % 16));
    if (s.hi - sp >= 16)
        fail("The stack begins lower than it must.",
             "Fewer than 16 bytes are enough to round down. Every goroutine "
             "would lose the rest.",
             "hi is %#lx, and sp is %#lx when gobuf_entry starts: %ld lost",
             hi, (long)sp, hi - (long)sp);
}

static void
every_high_end(void)
{
    for (int odd = 0; odd < 16; odd++)
        begin(odd);
}

// The real thing: a function on such a stack, with a local that must stand at
// a multiple of 16.
static uintptr_t local;

static void
begins(void *arg)
{
    _Alignas(16) volatile unsigned char aligned[16];

    (void)arg;
    aligned[0] = 1;
    local = (uintptr_t)&aligned[0];
    go_coro_yield(NULL);
}

static void
a_real_start(void)
{
    step("starting a coroutine on a new stack");

    struct go_coro *co = go_coro_new(begins, NULL);

    go_coro_resume(co);
    if (local % 16 != 0)
        fail("A local variable is not where its alignment says.",
             "The compiler places it relative to sp, and counts on sp being "
             "right at the entry.",
             "_Alignas(16), and it lies at %#lx", (long)local);
}

int
main(void)
{
    ask(every_high_end);
    ask(a_real_start);
    return asked();
}
