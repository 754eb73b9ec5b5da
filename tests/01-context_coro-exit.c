/** @file 01-context_coro-exit.c  Does a coroutine end as it should? */
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "gstatus.h"

static int ended;

static void
ends_at_once(void *arg)
{
    (void)arg;
    ended++;
}

static void
comes_back(void)
{
    struct go_coro *co = go_coro_new(ends_at_once, NULL);
    step("letting a coroutine return from its function");
    if (go_coro_resume(co) != NULL)
        fail("The end of a coroutine hands over a value.",
             "NULL is how the resumer learns that no more values come.",
             "go_coro_resume did not return NULL");
    step("looking at one that has ended");
    if (!go_coro_done(co))
        fail("A coroutine that has ended is not dead.",
             "The status must say so before the last switch: after it, "
             "nobody is there to say it.",
             "status %d, should be %d", (int)g_status((struct g *)co), G_DEAD);
    step("resuming one that has ended");
    if (go_coro_resume(co) != NULL || ended != 1)
        fail("A coroutine that has ended went on.",
             "Its stack holds nothing that could go on.",
             "its function ran %d times", ended);
    step("freeing one that has ended");
    go_coro_free(co);
}

static void
inner(void *arg)
{
    *(int *)arg = 1;
}

static void
outer(void *arg)
{
    int done = 0;
    struct go_coro *co = go_coro_new(inner, &done);

    go_coro_resume(co);
    if (!done || !go_coro_done(co))
        fail("The inner coroutine did not end.",
             "It sets a variable, and returns.", "done is %d", done);
    *(int *)arg = 1;
    go_coro_free(co);
}

static void
goes_to_its_resumer(void)
{
    int done = 0;
    struct go_coro *co = go_coro_new(outer, &done);

    step("ending a coroutine that another coroutine resumed");
    go_coro_resume(co);
    if (!done)
        fail("A coroutine that ended did not go back to its resumer.",
             "The resumer was a coroutine itself. Only that one knows what "
             "comes next; the thread's own stack does not.",
             "the outer coroutine never went on");
    go_coro_free(co);
}

// Many of them, some alive while others end: one must not touch another.
static void
counts(void *arg)
{
    long *n = arg;

    for (long i = 0; i < *n; i++)
        go_coro_yield(arg);
}

static void
one_thousand(void)
{
    enum { N = 1000 };
    static struct go_coro *co[N];
    static long left[N];
    int alive = N;

    step("making 1,000 coroutines");
    for (int i = 0; i < N; i++) {
        left[i] = i % 7;
        co[i] = go_coro_new(counts, &left[i]);
    }
    step("letting 1,000 coroutines end, one after the other");
    for (int round = 0; round < 7; round++)
        for (int i = 0; i < N; i++)
            if (co[i] != NULL && go_coro_resume(co[i]) == NULL) {
                if (round != left[i])
                    fail("A coroutine ended at the wrong time.",
                         "Each yields as often as it was told, then ends.",
                         "number %d ended in round %d instead of %ld", i,
                         round, left[i]);
                go_coro_free(co[i]);
                co[i] = NULL;
                alive--;
            }
    if (alive != 0)
        fail("Some coroutines never ended.",
             "Each yields as often as it was told, then ends.",
             "%d of %d are left", alive, N);
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    uintptr_t distance = c->sp - c->address;

    if (c->signal == 11 && distance + 4096 < 8192) {
        *what = "The stack was gone while somebody stood on it.";
        *why = "A coroutine cannot free the stack that it runs on: the next "
               "push, or the next return, needs it. Its owner frees it.";
        return true;
    }
    if (c->signal == 0 && strstr(c->said, "goes on") != NULL) {
        *what = "The coroutine's last function went on after its last act.";
        *why = "There is nothing behind it: no caller waits below the first "
               "frame. It must switch away, and for good.";
        return true;
    }
    if (c->signal == 0 && strstr(c->said, "g_set_status") != NULL) {
        *what = "The status of a coroutine that ended is wrong.";
        *why = "It is running until it ends, and dead from then on. Only the "
               "coroutine itself can say so, before its last switch.";
        return true;
    }
    return false;
}

int
main(void)
{
    explain_crashes(explain);
    ask(comes_back);
    ask(goes_to_its_resumer);
    ask(one_thousand);
    return asked();
}
