/** @file 02-stack_go-start.c  Does a goroutine begin as the go statement says? */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "gstatus.h"

static uintptr_t got[6];
static uint64_t parent, id;
static size_t stack_max, stack_bytes;
static const char *name;
static const struct go_site *site;
static int ended;

// The end of a goroutine alone makes nothing visible.
static void
done(void)
{
    __atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
}

// Whether one thread runs all goroutines, as before chapter 3: what does not
// happen in some turns never will then. Otherwise it takes as long as it takes.
// (The race detector does not know the runtime's own fields.)
__attribute__((noinline, no_sanitize("thread"))) static bool
alone(void)
{
    return getg()->m->p == NULL;
}

// Let the others run until n have ended. False if they never will.
static bool
wait_for(int n)
{
    for (int i = 0; __atomic_load_n(&ended, __ATOMIC_ACQUIRE) != n; i++) {
        if (i > 1000 && alone())
            return false;
        go_gosched();
    }
    return true;
}

static void
look(void)
{
    const struct g *gp = getg();

    parent = gp->parent;
    id = gp->id;
    stack_max = gp->stack_max;
    stack_bytes = gp->stack.hi - gp->stack.lo;
    name = gp->name;
    site = gp->site;
}

static void
takes_six(uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e,
          uintptr_t f)
{
    uintptr_t all[6] = { a, b, c, d, e, f };

    memcpy(got, all, sizeof(all));
    look();
    done();
}

static void
takes_none(void)
{
    look();
    done();
}

static void
never_ran(void)
{
    fail("A goroutine that was started never runs.",
         "Once it is runnable it waits for its turn in the queue, and "
         "somebody must put it there.",
         "main gave way 1,000 times");
}

static int
with_arguments(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    step("starting a goroutine with six arguments");
    go(takes_six, 11, 12, 13, 14, 15, 16);
    step("waiting for a goroutine with six arguments");
    if (!wait_for(1))
        never_ran();
    for (uintptr_t i = 0; i < 6; i++)
        if (got[i] != 11 + i)
            fail("The arguments do not arrive as they were.",
                 "There are site->args of them, in args, the first at 0.",
                 "the arguments were 11 to 16, and number %d is %lu",
                 (int)i + 1, (unsigned long)got[i]);
    return 0;
}

static void
arguments(void)
{
    go_run(with_arguments, 0, NULL);
}

static int
with_identity(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    step("starting a goroutine without attributes");
    go(takes_none);
    if (!wait_for(1))
        never_ran();
    if (id == 1 || id == 0)
        fail("A new goroutine has no number of its own.",
             "goid_next gives one; 1 is main, and 0 is none at all.",
             "its number is %lu", (unsigned long)id);
    if (parent != go_id())
        fail("A goroutine does not know who made it.",
             "parent is the number of the goroutine that calls, self: dumps "
             "say \"created by\".",
             "made by goroutine %lu, and parent is %lu",
             (unsigned long)go_id(), (unsigned long)parent);
    if (site == NULL || strcmp(site->callee, "takes_none") != 0)
        fail("A goroutine does not know where it was made.",
             "site is the place of the go statement, for dumps and for the "
             "advice after an overflow.",
             "site is %p", (const void *)site);

    struct go_attr attr = { .name = "reader", .stack_max = 1 << 20 };

    step("starting a goroutine with a name and a stack_max");
    go_with(&attr, takes_none);
    attr = (struct go_attr){ 0 };
    if (!wait_for(2))
        never_ran();
    if (stack_max != 1 << 20 || stack_bytes < 1 << 20)
        fail("The stack_max of go_with is not heeded.",
             "stack_max_of says how large: what attr asks for, or the usual.",
             "asked for 1048576 bytes, and has %zu", stack_bytes);
    if (name == NULL || strcmp(name, "reader") != 0)
        fail("The name of go_with is lost.",
             "It is shown in dumps.", "name is %s", name != NULL ? name : "NULL");
    return 0;
}

static void
identity(void)
{
    go_run(with_identity, 0, NULL);
}

static struct go_waitgroup wg;
static char trail[8];
static pid_t thread_of_main;
static bool main_went_on, ran_before, main_has_looked;

static void
marks(int who)
{
    // (Where there are threads, another one may run it at once.)
    if (!__atomic_load_n(&main_went_on, __ATOMIC_ACQUIRE) &&
        gettid() == thread_of_main)
        ran_before = true;
    trail[who - 'a'] = (char)who;
    done();
}

// Ends no earlier than main has looked.
static void
marks_late(int who)
{
    while (!__atomic_load_n(&main_has_looked, __ATOMIC_ACQUIRE))
        go_gosched();
    marks(who);
}

// How the group counts is asked through its own functions: parts 2 and 3 count
// in different ways.
static int
with_group(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    step("starting goroutines of a wait group");

    uint64_t empty = wg.state;

    go_waitgroup_go(&wg, marks_late, 'a');

    const bool counted = wg.state != empty;

    __atomic_store_n(&main_has_looked, true, __ATOMIC_RELEASE);
    if (!counted)
        fail("The wait group does not count the new goroutine.",
             "It is counted by who starts it: a Wait may come before the "
             "goroutine's first turn.",
             "after go_waitgroup_go the group has nothing to wait for");
    step("waiting for a wait group");
    go_waitgroup_wait(&wg);
    if (wg.state != empty || strcmp(trail, "a") != 0)
        fail("The wait group does not count the new goroutine.",
             "One more at the start, one less at the end.",
             "ran: %s, should have run: a", trail);
    return 0;
}

static void
group(void)
{
    go_run(with_group, 0, NULL);
}

static int
in_order(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    step("starting two goroutines");
    thread_of_main = gettid();
    go(marks, 'a');
    go(marks, 'b');
    __atomic_store_n(&main_went_on, true, __ATOMIC_RELEASE);
    if (!wait_for(2))
        never_ran();
    if (ran_before)
        fail("A new goroutine runs before its creator goes on.",
             "It waits for its turn, as any other: the go statement does not "
             "wait.",
             "it ran on the thread of main, which was still in go");
    return 0;
}

static void
order(void)
{
    go_run(in_order, 0, NULL);
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    if (c->signal == 11 && c->address < 4096) {
        *what = "Something was looked up through a pointer that is NULL.";
        *why = "A go statement without attributes has no attr, and one "
               "without a group no wg.";
        return true;
    }
    if (c->signal == 0 && strstr(c->said, "g_set_status") != NULL) {
        *what = "A goroutine is on the queue, and is not runnable.";
        *why = "It comes from gfree_get as waiting. Who puts it on the queue "
               "says first that it is runnable.";
        return true;
    }
    return false;
}

int
main(void)
{
    // What is fatal is then said in the last line.
    setenv("GOTRACEBACK", "none", 1);
    explain_crashes(explain);
    ask(arguments);
    ask(identity);
    ask(order);
    ask(group);
    return asked();
}
