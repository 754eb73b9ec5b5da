/** @file 01-context_gobuf-switch.c  Does a switch keep all that a call keeps?
 *
 * Two sides switch to and fro, each with new values in every register. How
 * often: CHECK_ROUNDS, or 1,000 times.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "probe.h"
#include "runtime.h"

static struct probe here, there;
static struct g other;
static char memory[64 << 10] __attribute__((aligned(64)));
static unsigned long visits;        // how often the other side has run

static uint64_t
random_word(void)
{
    static uint64_t state = 88172645463325252u;     // xorshift64

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void
fill(struct probe *p)
{
    for (int i = 0; i < PROBE_WORDS; i++)
        p->put[i] = random_word();
    probe_controls(p->put, random_word());
    memset(p->found, 0, sizeof(p->found));     // some words are narrower
}

// Who held the value that p found in word i? The end of a sentence.
static const char *
origin(const struct probe *p, const struct probe *partner, int i)
{
    static char text[128];

    if (p->found[i] == partner->put[i])
        return "\nThat is what the other side had there.";
    for (int k = 0; k < PROBE_SP; k++)
        if (p->found[i] == p->put[k]) {
            snprintf(text, sizeof(text), "\nThat is what this side had in %s.",
                     probe_names[k]);
            return text;
        }
    return "";
}

static const char not_saved[] =
    "The switch put a stack pointer in place that nobody saved.";
static const char not_saved_why[] =
    "Before we stand elsewhere, `from` must hold where we stand: it is `to` "
    "for the switch that brings us back.";

static void
compare(const struct probe *p, const struct probe *partner)
{
    char what[128];

    for (int i = 0; i < PROBE_WORDS; i++) {
        if (p->found[i] == p->put[i])
            continue;
        snprintf(what, sizeof(what), "%c%s does not survive the switch.",
                 probe_names[i][0] == 't' ? 'T' : probe_names[i][0],
                 probe_names[i] + 1);
        if (i == PROBE_SP && p->found[i] == 0)
            fail(not_saved, not_saved_why, "sp is 0 after the switch");
        if (i == PROBE_SP)
            fail("The stack pointer is not where it was at the call.",
                 "After a call the caller's stack is as before. The return "
                 "address lies on it until the return takes it off.",
                 "sp was %#lx at the call, and is %#lx after it: %+ld bytes",
                 (unsigned long)p->put[i], (unsigned long)p->found[i],
                 (long)(p->found[i] - p->put[i]));
        fail(what,
             i >= PROBE_CONTROL
                 ? "How results are rounded belongs to the goroutine: the "
                   "other one may round another way."
                 : "The switch looks like a call, and a caller may keep a "
                   "variable there over a call: it is the callee's to save.",
             "switch %lu: put %#lx there, found %#lx%s", visits,
             (unsigned long)p->put[i], (unsigned long)p->found[i],
             origin(p, partner, i));
    }
}

static const char first[] = "switching to a new stack for the first time";
static const char there_now[] = "switching back from the new stack";

static void
other_side(void *arg)
{
    (void)arg;
    for (;;) {
        visits++;
        fill(&there);
        step(there_now);
        probe(&there, &here, &there.value);
        step("comparing what the other side found");
        compare(&there, &here);
    }
}

static void
prepare(void)
{
    other.stack.lo = (uintptr_t)memory;
    other.stack.hi = (uintptr_t)memory + sizeof(memory);
    other.fn = other_side;
    gobuf_init(&there.buf, &other.stack);
    // What g_switch would do. Tools are told of this first switch only.
    hooks_new(&other.hooks, other.stack.lo, other.stack.hi);
    hooks_leave(&g_current()->hooks, &other.hooks);
    setg(&other);                   // g_main asks who begins
}

static void
there_and_back(void)
{
    prepare();
    fill(&here);
    step(first);
    probe(&here, &there, &here.value);
    step("comparing what came back");
    compare(&here, &there);
    if (here.value != &there.value)
        fail("The value that the other side hands over does not arrive.",
             "gobuf_switch returns its third argument, to the side that it "
             "continues.",
             "handed over %p, returned %p", (void *)&there.value, here.value);
}

static void
many_times(void)
{
    const char *rounds = getenv("CHECK_ROUNDS");
    long n = rounds != NULL ? atol(rounds) : 1000;

    prepare();
    step("switching to and fro with new values in every register");
    for (long i = 0; i < n; i++) {
        fill(&here);
        probe(&here, &there, &here.value);
        compare(&here, &there);
        if (here.value != &there.value ||
            (i > 0 && there.value != &here.value))
            fail("A value that is handed over does not arrive.",
                 "gobuf_switch returns its third argument, to the side that "
                 "it continues.",
                 "after %ld switches", 2 * i);
    }
    if (visits != (unsigned long)n)
        fail("A switch was lost.",
             "Each switch continues the other side exactly once.",
             "%ld switches there, %lu arrivals", n, visits);
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    extern char __executable_start[], etext[];

    if (c->step == first && c->sp == 0) {
        *what = "Nobody ran on the other stack.";
        *why = "gobuf_switch returned to its own caller. It must take the "
               "stack pointer from `to`.";
        return true;
    }
    if (c->sp == 0) {
        *what = not_saved;
        *why = not_saved_why;
        return true;
    }
    if (c->pc >= (uintptr_t)gobuf_switch && c->pc < (uintptr_t)gobuf_entry) {
        *what = "gobuf_switch itself reads or writes where it may not.";
        *why = "Only two addresses are good there: the save areas that it "
               "was given. One is written, the other is read. And after the "
               "stack pointer has changed, the other stack must be a stack.";
        return true;
    }
    if (c->pc < (uintptr_t)__executable_start || c->pc >= (uintptr_t)etext) {
        *what = "The switch went on at an address that is no code.";
        *why = "It must go on where the other side called gobuf_switch, or "
               "at gobuf_entry on a new stack. That address has to be saved "
               "untouched, and the stack pointer with it.";
        return true;
    }
    return false;
}

int
main(void)
{
    explain_crashes(explain);
    ask(there_and_back);
    ask(many_times);
    return asked();
}
