/** @file 02-stack_execute.c  Does g0 let a goroutine run, and take over again? */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "gstatus.h"
#include "proc.h"

static struct g none;               // curg was never this one
static char trail[32];
static size_t marks;
static struct g *curg_of_g0;
static enum g_status status_of_g0;

static void
mark(char who)
{
    // (In one order, for the race detector, too: gosched orders no memory.)
    size_t n = __atomic_fetch_add(&marks, 1, __ATOMIC_ACQ_REL);

    if (n + 1 < sizeof(trail))
        trail[n] = who;
}

static void
expect_trail(const char *should)
{
    (void)__atomic_load_n(&marks, __ATOMIC_ACQUIRE);
    if (strcmp(trail, should) != 0)
        fail("Goroutines do not run in the order of the queue.",
             "proc_execute lets one run; what it asked for when it left, "
             "to be queued again, g0 does then.",
             "ran: %s\nshould have run: %s", trail, should);
}

static void
twice(int who)
{
    mark((char)who);
    go_gosched();
    mark((char)who);
}

static int
turns(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    if (goroutine("go_id")->m->curg != getg())
        fail("The m does not know which goroutine runs.",
             "Every function of goroutines asks for curg.", "curg is %p",
             (void *)goroutine("go_id")->m->curg);
    go(twice, 'a');
    go(twice, 'b');
    go_gosched();
    mark('m');
    go_gosched();
    go_gosched();
    return 7;
}

static void
take_turns(void)
{
    step("letting three goroutines take turns");
    if (go_run(turns, 0, NULL) != 7)
        fail("The run did not end with the value of main.",
             "main returned 7.", "go_run returned something else");
    expect_trail("abmab");
}

// What g0 does with a goroutine that has left.
static void
looks(struct m *mp, struct g *gp)
{
    curg_of_g0 = mp->curg;
    status_of_g0 = g_status(gp);
    g_set_status(gp, G_RUNNING, G_RUNNABLE);
    proc_put(mp, gp);
}

static int
leaves(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    if (g_status(getg()) != G_RUNNING)
        fail("The status of a goroutine does not follow what it does.",
             "It is running from the moment when it is let run: said before "
             "the switch, since after it others say something.",
             "it runs, and its status is %d", (int)g_status(getg()));
    proc_leave(looks);
    return 0;
}

static void
g0_is_alone(void)
{
    step("leaving the stack, and looking around from g0");
    curg_of_g0 = &none;
    go_run(leaves, 0, NULL);
    if (curg_of_g0 != NULL)
        fail("While g0 works, the m says that a goroutine runs.",
             "curg is whose stack the thread is on. g0 acts on a goroutine "
             "that has left its own, and may free it.",
             "curg is %p, and should be NULL", (void *)curg_of_g0);
    if (status_of_g0 != G_RUNNING)
        fail("The status of a goroutine does not follow what it does.",
             "What becomes of it is said by what it asked for.",
             "status %d when g0 takes over, should be %d", (int)status_of_g0,
             G_RUNNING);
}

static void
yields_its_thread(void *arg)
{
    go_gosched();
    mark('c');
    go_coro_yield(arg);
}

static const char in_a_coroutine[] = "continuing a goroutine that stopped in a "
                                     "coroutine";

static int
with_coroutine(int argc, char **argv)
{
    static int value;
    struct go_coro *co = go_coro_new(yields_its_thread, &value);

    (void)argc;
    (void)argv;
    mark('g');

    void *got = go_coro_resume(co);

    mark('h');
    if (got != &value || strcmp(trail, "gch") != 0)
        fail("A goroutine that stopped in a coroutine goes on elsewhere.",
             "It had lent its thread to the coroutine, and the coroutine "
             "stopped. gp->top is who continues.",
             "ran: %s, should have run: gch", trail);
    go_coro_free(co);
    return 0;
}

static void
the_top_continues(void)
{
    step(in_a_coroutine);
    go_run(with_coroutine, 0, NULL);
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    if (c->signal != 0 || c->said == NULL)
        return false;
    if (strstr(c->said, "outside a goroutine") != NULL) {
        *what = "A goroutine runs, and the m does not know it.";
        *why = "Every function of goroutines asks for curg. It is set before "
               "the switch: after it, the goroutine runs.";
        return true;
    }
    if (strstr(c->said, "asleep") != NULL) {
        *what = "What a goroutine asked for when it left was not done.";
        *why = "It asked to be queued again. It cannot do that itself: until "
               "the switch it still stands on its stack.";
        return true;
    }
    if (strstr(c->said, "from runnable to running") != NULL) {
        *what = "A goroutine was let run that is not runnable.";
        *why = "Who runs is on no queue. It comes back to one by what it asks "
               "for when it leaves, and by nothing else.";
        return true;
    }
    if (strstr(c->said, "g_set_status") != NULL) {
        *what = "The status of a goroutine does not follow what it does.";
        *why = "It is running from the moment when it is let run: said before "
               "the switch, since after it others say something.";
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
    ask(take_turns);
    ask(g0_is_alone);
    ask(the_top_continues);
    return asked();
}
