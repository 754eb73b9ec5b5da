/** @file failure.c  An execution fails: what is said, and the way out of it.
 *
 * Whoever finds a failure stands on the stack of a played thread, which is
 * simply left there.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine.h"

_Noreturn void
engine_leave(void)
{
    struct gobuf nowhere;

    explorer->over = true;
    gobuf_switch(&nowhere, &explorer->driver, NULL);
    __builtin_unreachable();
}

// The first failure counts. The text is one sentence, the same each time that
// the same thing happens: the schedule is made smaller as long as it is.
void
engine_fail(enum explore_kind kind, const char *file, int line,
            const char *format, ...)
{
    struct explorer *x = explorer;
    va_list args;

    if (x->failed)
        return;
    x->failed = true;
    x->kind = kind;
    x->fail_file = file;
    x->fail_line = line;
    x->why = NULL;
    x->detail[0] = '\0';
    va_start(args, format);
    vsnprintf(x->failure, sizeof(x->failure), format, args);
    va_end(args);
}

// One line more of evidence.
void
engine_detail(const char *format, ...)
{
    struct explorer *x = explorer;
    size_t used = strlen(x->detail);
    va_list args;

    va_start(args, format);
    vsnprintf(x->detail + used, sizeof(x->detail) - used, format, args);
    va_end(args);
}

// What it means, if the check does not say.
static const char *
meaning(enum explore_kind kind)
{
    switch (kind) {
    case EXPLORE_NOT_SO:
        return "In this order of steps it goes wrong. Which thread came between "
               "two steps that belong together?";
    case EXPLORE_DEADLOCK:
        return "Whoever sleeps must be woken by somebody who is still awake "
               "then, and knows that there is a sleeper.";
    case EXPLORE_LOST_WAKEUP:
        return "What it waits for came before it slept, or whoever brought it "
               "did not know of the sleeper.";
    case EXPLORE_NEVER_ENDS:
        return "Either it waits in a loop for what nobody will do, or the loop "
               "does not see that it has been done.";
    case EXPLORE_CRASH:
        return "A pointer is NULL or old in this order of steps, or a list has "
               "no end.";
    case EXPLORE_TWICE:
        return "Two have taken it for theirs: it was on two lists, or was made "
               "ready twice, or too early.";
    case EXPLORE_FREED:
        return "Somebody kept a pointer to it, and did not know that it would end. "
               "Who says when nobody needs it any more?";
    case EXPLORE_ENDED:
        return "A rule of the runtime was broken, in this order of steps, or it "
               "has counted wrong.";
    case EXPLORE_NOT_SAID:
        return "Nothing is left that could go on, and the runtime did not see "
               "that, or did something else.";
    }
    return "";
}

// What is to be told of the failure: the check may know better.
struct explore_failure
engine_explain(void)
{
    struct explorer *x = explorer;
    struct explore_failure f = {
        .kind = x->kind, .what = x->failure,
        .why = x->why != NULL ? x->why : meaning(x->kind),
    };

    if (x->check->explain != NULL)
        x->check->explain(&f);
    return f;
}

void
explore_fail(const char *file, int line, const char *what, const char *why)
{
    engine_fail(EXPLORE_NOT_SO, file, line, "%s", what);
    explorer->why = why;
    engine_leave();
}

// ---- The rules of goroutines -----------------------------------------------

void
explore_status(const struct g *gp, int from, int to)
{
    const uintptr_t here = (uintptr_t)__builtin_frame_address(0);

    state_know(gp);
    // (A coroutine that ends still stands there.)
    if (to == G_DEAD && (here < gp->stack.lo || here >= gp->stack.hi))
        freed_stack(gp);
    explorer->runnable += (to == G_RUNNABLE) - (from == G_RUNNABLE);
}

void
explore_bad_status(int from, int to, int is)
{
    const struct thread *me = explorer->current;

    if (to == G_RUNNING && is == G_RUNNING)
        engine_fail(EXPLORE_TWICE, me->at.file, me->at.line,
                    "A goroutine runs twice, at the same time.");
    else if (from == G_WAITING && to == G_RUNNABLE && is == G_RUNNING)
        engine_fail(EXPLORE_TWICE, me->at.file, me->at.line,
                    "A goroutine is made ready while it still runs.");
    else if (from == G_WAITING && to == G_RUNNABLE && is == G_RUNNABLE)
        engine_fail(EXPLORE_TWICE, me->at.file, me->at.line,
                    "A goroutine is made ready twice.");
    else if (is == G_DEAD && to != G_WAITING)
        engine_fail(EXPLORE_TWICE, me->at.file, me->at.line,
                    "A goroutine goes on that has ended.");
    else if (from == G_DEAD && to == G_WAITING)
        engine_fail(EXPLORE_TWICE, me->at.file, me->at.line,
                    "A goroutine is made of one that has not ended.");
    else
        return;
    engine_leave();
}

// ---- The runtime says something, and ends the process ----------------------

void
explore_text(const char *text, size_t bytes)
{
    struct explorer *x = explorer;
    size_t room = sizeof(x->text) - 1 - x->text_bytes;

    if (bytes > room)
        bytes = room;
    memcpy(x->text + x->text_bytes, text, bytes);
    x->text_bytes += bytes;
    x->text[x->text_bytes] = '\0';
}

void
explore_exit(int status)
{
    static const char asleep[] = "fatal error: all goroutines are asleep";
    struct explorer *x = explorer;
    const struct step *at = &x->current->at;
    const char *expect = x->check->expect;

    (void)status;
    x->ended = true;
    x->text[strcspn(x->text, "\n")] = '\0';
    if (strncmp(x->text, asleep, strlen(asleep)) == 0 && x->runnable > 0)
        engine_fail(EXPLORE_ENDED, at->file, at->line,
                    "The runtime says deadlock, and a goroutine can run.");
    else if (expect == NULL || strncmp(x->text, expect, strlen(expect)) != 0)
        engine_fail(EXPLORE_ENDED, at->file, at->line,
                    "The runtime ends the process: %s", x->text);
    engine_leave();
}
