/** @file 02-stack_goroutine-end.c  Does a goroutine end as it should? */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "gstatus.h"

static struct go_waitgroup wg;
static int ran;

static const char in_a_group[] = "ending a goroutine of a wait group";
static const char in_none[] = "ending a goroutine that belongs to no group";

static void
returns(void)
{
    __atomic_add_fetch(&ran, 1, __ATOMIC_RELEASE);
}

static void
exits(void)
{
    __atomic_add_fetch(&ran, 1, __ATOMIC_RELEASE);
    go_goexit();
}

// Whether one thread runs all goroutines, as before chapter 3: what does not
// happen in some turns never will then. Otherwise it takes as long as it takes.
// (The race detector does not know the runtime's own fields.)
__attribute__((noinline, no_sanitize("thread"))) static bool
alone(void)
{
    return getg()->m->p == NULL;
}

// Until there is but main. False if that will never be.
static bool
others_end(void)
{
    for (int i = 0; go_num_goroutine() > 1; i++) {
        if (i > 1000 && alone())
            return false;
        go_gosched();
    }
    return true;
}

// The goroutine may change it meanwhile, on another thread.
static uint64_t
state(void)
{
    return __atomic_load_n(&wg.state, __ATOMIC_RELAXED);
}

static int
with_group(int argc, char **argv)
{
    const uint64_t empty = state();

    (void)argc;
    (void)argv;
    step(in_a_group);
    go_waitgroup_go(&wg, returns);

    // (Where there are threads, it may have ended by now.)
    const uint64_t one = state();

    if (!others_end())
        fail("A goroutine that has ended is still there.",
             "proc_goexit lets g0 take it from the count, and free it.",
             "go_num_goroutine says %d, should be 1", go_num_goroutine());
    if (state() == one && one != empty)
        fail("The wait group is not told of the end.",
             "Whoever waits for the group would wait for ever. Nobody but the "
             "goroutine itself knows that it has ended.",
             "it has ended, and the group counts it still");
    if (state() != empty)
        fail("The wait group is told of the end twice.",
             "One goroutine, one done.",
             "the group counts less than nothing");
    step("waiting for a group that has ended");
    go_waitgroup_wait(&wg);
    return 0;
}

static void
group(void)
{
    go_run(with_group, 0, NULL);
}

static int
without_group(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    step(in_none);
    go(returns);
    if (!others_end())
        fail("A goroutine that has ended is still there.",
             "proc_goexit lets g0 take it from the count, and free it.",
             "go_num_goroutine says %d, should be 1", go_num_goroutine());
    step("ending a goroutine by go_goexit");
    go(exits);
    others_end();
    if (__atomic_load_n(&ran, __ATOMIC_ACQUIRE) != 2)
        fail("A goroutine did not run exactly once.", "There were two.",
             "they ran %d times", ran);
    return 0;
}

static void
no_group(void)
{
    go_run(without_group, 0, NULL);
}

static int
many(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    step("ending 500 goroutines, a hundred at a time");
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 100; i++)
            go_waitgroup_go(&wg, returns);
        go_waitgroup_wait(&wg);
    }
    return 0;
}

static void
five_hundred(void)
{
    go_run(many, 0, NULL);
    if (__atomic_load_n(&ran, __ATOMIC_ACQUIRE) != 500)
        fail("Some goroutines did not run exactly once.", "There were 500.",
             "they ran %d times", ran);
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    if (c->signal == 11 && c->step == in_none) {
        *what = "A wait group was told that does not exist.";
        *why = "wg is NULL if the goroutine belongs to no group.";
        return true;
    }
    if (c->signal == 11) {
        *what = "The stack was freed while somebody stood on it.";
        *why = "With the stack went the record above it: the g that we are. "
               "g0 stands on a stack of its own, so it frees ours.";
        return true;
    }
    if (c->signal != 0)
        return false;
    if (strstr(c->said, "goes on") != NULL) {
        *what = "A goroutine went on after its last act.";
        *why = "There is nothing behind it: no caller waits below the first "
               "frame. It must leave its stack, and for good.";
        return true;
    }
    if (strstr(c->said, "is dead") != NULL) {
        *what = "A goroutine is dead while it still runs.";
        *why = "A dead one's stack may be used by others. So g0 says it, after "
               "the switch, and not the goroutine.";
        return true;
    }
    if (strstr(c->said, "negative WaitGroup") != NULL) {
        *what = "The wait group is told of the end twice.";
        *why = "One goroutine, one done.";
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
    ask(group);
    ask(no_group);
    ask(five_hundred);
    return asked();
}
