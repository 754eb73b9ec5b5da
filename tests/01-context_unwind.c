/** @file 01-context_unwind.c  Whose frames are seen in the middle of a switch?
 *
 * A profiler's signal comes between any two instructions. Here one comes
 * before each instruction of gobuf_switch: the frames behind it must be those
 * of the one that stops, and from some instruction on those of the one that
 * goes on, with all that a call preserves.
 *
 * A processor that can, traps after each instruction (machine_step). For the
 * others the trap instructions are put into gobuf.S, before it is linked here.
 */
#include <goroutine.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unwind.h>

#include "machine.h"

enum {
    MAX_FRAMES = 24,
    SAVED = sizeof(machine_saved) / sizeof(*machine_saved),
};

struct frame {
    uintptr_t pc, sp;
    uintptr_t saved[SAVED];
};

struct frames {
    int n;
    struct frame frame[MAX_FRAMES];
};

static struct frames stood[2];  // the two sides, where each last stopped
static int side;                // who stops
static int switches;            // how many have begun
static int steps;               // in this one
static bool moved;              // it shows the other one already

struct look {
    uintptr_t from;             // frames count behind this pc
    bool behind;
    struct frames *found;
};

static _Unwind_Reason_Code
note(struct _Unwind_Context *context, void *arg)
{
    struct look *look = arg;
    struct frame *f = &look->found->frame[look->found->n];

    if (!look->behind) {
        look->behind = _Unwind_GetIP(context) == look->from;
        return _URC_NO_REASON;
    }
    if (look->found->n == MAX_FRAMES)
        return _URC_END_OF_STACK;
    look->found->n++;
    f->pc = _Unwind_GetIP(context);
    f->sp = _Unwind_GetCFA(context);
    for (int i = 0; i < SAVED; i++)
        f->saved[i] = _Unwind_GetGR(context, machine_saved[i]);
    return _URC_NO_REASON;
}

static bool
same(const struct frames *a, const struct frames *b)
{
    return a->n == b->n &&
           memcmp(a->frame, b->frame, (size_t)a->n * sizeof(*a->frame)) == 0;
}

static void
show(const char *name, const struct frames *f)
{
    printf("%s:\n", name);
    for (int i = 0; i < f->n; i++) {
        printf("  pc %#lx sp %#lx saved", (unsigned long)f->frame[i].pc,
               (unsigned long)f->frame[i].sp);
        for (int k = 0; k < SAVED; k++)
            printf(" %lx", (unsigned long)f->frame[i].saved[k]);
        printf("\n");
    }
}

// The first switch is not compared: the other side has not been seen yet.
static void
compare(uintptr_t at, const struct frames *seen)
{
    steps++;
    if (!moved && same(seen, &stood[side]))
        return;
    if (switches == 1)
        return;
    moved = true;
    if (same(seen, &stood[!side]))
        return;
    printf("Neither side's frames, at gobuf_switch+%lu, step %d:\n",
           (unsigned long)(at - (uintptr_t)gobuf_switch), steps);
    show("seen", seen);
    show("the one that stops", &stood[side]);
    show("the one that goes on", &stood[!side]);
    exit(1);
}

// The switch is about to execute the instruction at pc.
static void
step(uintptr_t pc)
{
    static struct frames seen;
    struct look look = { .from = pc, .found = &seen };

    seen.n = 0;
    _Unwind_Backtrace(note, &look);
    if (pc == (uintptr_t)gobuf_switch) {
        if (switches++ > 1 && !moved) {
            printf("The frames of the other side were never seen.\n");
            exit(1);
        }
        side = !side;
        stood[side] = seen;
        moved = false;
        steps = 0;
    }
    compare(pc, &seen);
}

static void
on_trap(int sig, siginfo_t *info, void *context)
{
    uintptr_t pc = machine_pc(context);

    (void)sig;
    (void)info;
    if (pc >= (uintptr_t)gobuf_switch && pc < (uintptr_t)gobuf_entry)
        step(pc);
    machine_skip_trap(context);
}

// Call fn, with values of our own in the registers that it must preserve.
__attribute__((noinline)) static void *
hold(void *(*fn)(void *), void *arg, long n)
{
    long a = n, b = n + 1, c = n + 2, d = n + 3, e = n + 4;
    long f = n + 5, g = n + 6, h = n + 7, i = n + 8, j = n + 9;
    double p = (double)n * a, q = p * b, r = q * c, s = r * d;
    double t = s * e, u = t * f, v = u * g, w = v * h;

    __asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e));
    __asm__ volatile("" : "+r"(f), "+r"(g), "+r"(h), "+r"(i), "+r"(j));
    arg = fn(arg);
    __asm__ volatile("" : : "r"(a), "r"(b), "r"(c), "r"(d), "r"(e));
    __asm__ volatile("" : : "r"(f), "r"(g), "r"(h), "r"(i), "r"(j));
    __asm__ volatile("" : : "m"(p), "m"(q), "m"(r), "m"(s));
    __asm__ volatile("" : : "m"(t), "m"(u), "m"(v), "m"(w));
    return arg;
}

static void *
yields(void *arg)
{
    go_coro_yield(arg);
    return NULL;
}

static void *
resumes(void *arg)
{
    return go_coro_resume(arg);
}

static void
other_side(void *arg)
{
    for (long n = 1000; ; n += 10)
        hold(yields, arg, n);
}

int
main(void)
{
    static char stack[256 << 10];
    const stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
    const struct sigaction action = {
        .sa_sigaction = on_trap,
        .sa_flags = SA_SIGINFO | SA_ONSTACK,
    };
    struct go_coro *co = go_coro_new(other_side, &side);

    sigaltstack(&alternate, NULL);
    sigaction(SIGTRAP, &action, NULL);
    machine_step(true);
    for (long n = 2000; n < 2030; n += 10)
        hold(resumes, co, n);
    machine_step(false);
    printf("%d switches, %d steps in the last one\n", switches, steps);
    return switches != 6 || steps < 20 || !moved;
}
