/** @file 01-context_g-switch.c  Does g_switch take along all that is a g's? */
#include "check.h"
#include "gstatus.h"

static struct g co;                 // the other one
static struct g *me;
static char memory[64 << 10] __attribute__((aligned(64)));
static int turn;

static void
expect_g(struct g *gp, const char *who)
{
    if (getg() != gp)
        fail("The current g is not the one that runs.",
             "Whoever asks getg next believes that the other goroutine runs "
             "on this stack. It must be set before the switch: after it, "
             "others run.",
             "%s runs, and getg() says %p instead of %p", who,
             (void *)getg(), (void *)gp);
    if (gp->m != me->m)
        fail("The g does not know on which thread it runs.",
             "m is how a goroutine finds its thread: its errno lies there.",
             "%s: m is %p, and should be %p", who, (void *)gp->m,
             (void *)me->m);
}

static void
expect_errno(int is, int should, const char *who)
{
    if (is != should)
        fail("A goroutine reads another one's errno.",
             "There is one errno a thread. Save it for the one that stops, "
             "then load that of the one that goes on: in this order, and "
             "both before the switch.",
             "%s stored %d, stood still, and reads %d", who, should, is);
}

// g_switch between two that know of each other: a switch as such orders
// nothing, for the race detector.
static void *
switch_to(struct g *from, struct g *to, void *value)
{
    race_release(&turn);
    value = g_switch(from, to, value);
    race_acquire(&turn);
    return value;
}

static void
other(void *arg)
{
    static char second, third;
    void *got;

    (void)arg;
    race_acquire(&turn);
    turn = 1;
    expect_g(&co, "the other one");
    if (errno == 7)
        expect_errno(7, 0, "the other one, which has just begun,");
    errno = 5;
    step("switching back");
    got = switch_to(&co, me, &second);
    turn = 2;
    expect_g(&co, "the other one");
    if (got != &turn)
        fail("The value that is handed over does not arrive.",
             "g_switch returns what gobuf_switch returns.",
             "handed over %p, received %p", (void *)&turn, got);
    expect_errno(errno, 5, "the other one");
    errno = 6;
    step("switching back again");
    switch_to(&co, me, &third);
    fail("A goroutine went on that nobody continued.",
         "Each switch continues the one that it names.", "turn %d", turn);
}

static void
two_turns(void)
{
    static char first;
    void *got;

    me = g_current();
    co.stack.lo = (uintptr_t)memory;
    co.stack.hi = (uintptr_t)memory + sizeof(memory);
    g_init(&co, other, NULL);

    step("switching to a new goroutine");
    errno = 7;
    got = switch_to(me, &co, &first);
    step("comparing what came back");
    if (turn != 1)
        fail("The other goroutine did not run.",
             "g_switch(from, to) saves from and continues to.",
             "it counts its turns: %d instead of 1", turn);
    expect_g(me, "the first one");
    if (got == NULL || got == &first)
        fail("The value that is handed over does not arrive.",
             "g_switch returns what gobuf_switch returns: a value of the one "
             "that switched back, not our own.",
             "received %p", got);
    expect_errno(errno, 7, "the first one");
    errno = 8;
    step("switching to it once more");
    switch_to(me, &co, &turn);
    step("comparing what came back the second time");
    expect_g(me, "the first one");
    expect_errno(errno, 8, "the first one");
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    if (c->sp == 0) {
        *what = "The switch went to a place that nobody saved.";
        *why = "gobuf_switch(from, to) writes the first and reads the second.";
        return true;
    }
    if (c->pc == 0) {
        *what = "The current g is not the one that runs.";
        *why = "A new goroutine begins in g_main, which asks getg what to "
               "run. It must be set before the switch: after it, others run.";
        return true;
    }
    if (c->signal != 11 ||
        c->address >= sizeof(struct g) + sizeof(struct m))
        return false;
    *what = "Something was looked up through a pointer that is NULL.";
    *why = "A new g has no m until it is given one: before the switch, since "
           "after it the other one runs, and needs it.";
    return true;
}

int
main(void)
{
    explain_crashes(explain);
    ask(two_turns);
    return asked();
}
