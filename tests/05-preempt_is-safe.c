/** @file 05-preempt_is-safe.c  May a goroutine be stopped where the signal has
 * found it?
 *
 * The signal is made up: a place in the code, and a stack pointer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "preempt.h"
#include "usertext.h"

#include "machine.h"

enum { WORDS = 4096 };

static uintptr_t stack[WORDS];
static struct g g;
static ucontext_t where;

static void
users_code(void)
{
}

// A goroutine whose stack is in use from the middle up, interrupted there.
static void
prepare(void)
{
    memset(&g, 0, sizeof(g));
    memset(&where, 0, sizeof(where));
    memset(stack, 0, sizeof(stack));
    g.stack.lo = (uintptr_t)stack;
    g.stack.hi = (uintptr_t)(stack + WORDS);
    machine_set_pc(&where, (uintptr_t)users_code + 1);
    machine_set_sp(&where, (uintptr_t)(stack + WORDS / 2));
}

static bool
is_safe(void)
{
    step("asking whether a goroutine may be stopped");
    return preempt_is_safe(&g, &where);
}

static void
may_stop(void)
{
    prepare();
    if (!is_safe())
        fail("A goroutine that may be stopped is not.",
             "It computes in the program's own code, on its own stack, and has "
             "not said that it does not want to.",
             "pc in a function of the program, sp in the middle of the stack");
}

static void
disabled(void)
{
    prepare();
    g.no_preempt = 1;
    if (is_safe())
        fail("A goroutine is stopped that has said go_preempt_disable.",
             "It may hold a lock of its thread.",
             "no_preempt = %u", g.no_preempt);
    g.no_preempt = 2;
    if (is_safe())
        fail("A goroutine is stopped that has said go_preempt_disable.",
             "It may be said more than once.",
             "no_preempt = %u", g.no_preempt);
}

static void
elsewhere(const char *whose, uintptr_t pc)
{
    prepare();
    machine_set_pc(&where, pc);
    if (is_safe())
        fail("A goroutine is stopped in code that is not the user's.",
             "A library may hold a lock there, which its thread must give back; "
             "the runtime may be anywhere in a protocol.",
             "pc in %s", whose);
}

static void
not_users_code(void)
{
    elsewhere("the C library", (uintptr_t)qsort + 1);
    elsewhere("the runtime", (uintptr_t)g_switch + 1);
}

static void
on_another_stack(const char *where_it_is, uintptr_t sp)
{
    prepare();
    machine_set_sp(&where, sp);
    if (is_safe())
        fail("A goroutine is stopped while it stands on another stack.",
             "Its registers would be put aside there: below sp, which must be "
             "above stack.lo and below stack.hi.",
             "sp %s", where_it_is);
}

static void
another_stack(void)
{
    // With room for the question, whoever looks there.
    on_another_stack("below its stack", (uintptr_t)stack - 64);
    on_another_stack("at its lower end", (uintptr_t)stack);
    on_another_stack("at its upper end", (uintptr_t)(stack + WORDS));
    on_another_stack("above its stack", (uintptr_t)(stack + WORDS) + 4096);
}

// The stack in use holds an address of the C library's code.
static void
called(void)
{
    prepare();
    stack[WORDS - 5] = (uintptr_t)qsort + 1;
    if (is_safe())
        fail("A function that a library has called is stopped.",
             "Who knows what the library holds. called_by_library looks at the "
             "stack from sp to stack.hi.",
             "the stack holds a return address of the C library");
}

// Below sp nothing is in use.
static void
old_call(void)
{
    prepare();
    stack[WORDS / 2 - 9] = (uintptr_t)qsort + 1;
    if (!is_safe())
        fail("What an old call has left counts as a library.",
             "Below sp the stack is not in use. called_by_library looks from sp "
             "to stack.hi.",
             "below sp stands an address of the C library");
}

int
main(void)
{
    // An emulator or a sanitizer may have nothing to ask.
    if (!usertext_init())
        return 0;
    ask(may_stop);
    ask(disabled);
    ask(not_users_code);
    ask(another_stack);
    ask(called);
    ask(old_call);
    return asked();
}
