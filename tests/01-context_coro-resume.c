/** @file 01-context_coro-resume.c  Does go_coro_resume do as its comment says? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "gstatus.h"

static char trail[64];              // who ran, in order

static void
mark(char who)
{
    size_t n = strlen(trail);

    if (n + 1 < sizeof(trail))
        trail[n] = who;
}

static void
expect_trail(const char *should, const char *what, const char *why)
{
    if (strcmp(trail, should) != 0)
        fail(what, why, "ran: %s\nshould have run: %s", trail, should);
}

static void
yields_twice(void *arg)
{
    mark('a');
    go_coro_yield(arg);
    mark('b');
    go_coro_yield((char *)arg + 1);
    mark('c');
}

static void
values_and_the_end(void)
{
    static char place[2];
    struct go_coro *co = go_coro_new(yields_twice, place);
    void *got[3];

    for (int i = 0; i < 3; i++) {
        step(i == 0 ? "resuming a new coroutine" :
             i == 1 ? "resuming one that has yielded"
                    : "resuming one that returns");
        mark('1' + (char)i);
        got[i] = go_coro_resume(co);
    }
    expect_trail("1a2b3c", "The turns are not taken in turn.",
                 "go_coro_resume continues the coroutine and comes back when "
                 "that yields or ends.");
    if (got[0] != &place[0] || got[1] != &place[1])
        fail("The value that was yielded is not returned.",
             "g_switch returns what go_coro_yield handed over.",
             "yielded %p and %p, returned %p and %p", (void *)&place[0],
             (void *)&place[1], got[0], got[1]);
    if (got[2] != NULL)
        fail("The end of the coroutine does not return NULL.",
             "NULL is how the resumer learns that no more values come.",
             "returned %p", got[2]);

    step("resuming one that has ended");
    if (go_coro_resume(co) != NULL)
        fail("Resuming an ended coroutine does not return NULL.",
             "A dead coroutine's stack holds nothing that could go on.",
             "it returned something");
    if (!go_coro_done(co))
        fail("A coroutine that has ended is not done.",
             "Only the status says so: it must stay dead.", "status %d",
             (int)g_status((struct g *)co));
}

static void
inner(void *arg)
{
    mark('i');
    go_coro_yield(arg);
    mark('j');
}

static void
outer(void *arg)
{
    struct go_coro *co = arg;

    mark('o');
    go_coro_resume(co);
    mark('p');
    go_coro_yield(co);
    mark('q');
    go_coro_resume(co);
    mark('r');
}

static const char nested[] = "resuming a coroutine that resumes another one";

static void
one_resumes_another(void)
{
    struct go_coro *in = go_coro_new(inner, trail);
    struct go_coro *out = go_coro_new(outer, in);

    step(nested);
    mark('1');
    go_coro_resume(out);
    mark('2');
    go_coro_resume(out);
    mark('3');
    expect_trail("1oip2qjr3",
                 "A coroutine did not come back to the one that resumed it.",
                 "The resumer is whoever runs when go_coro_resume is called, "
                 "and that may be a coroutine.");
}

static void
two_resumers(void *arg)
{
    struct go_coro *co = arg;

    for (;;) {
        mark('o');
        go_coro_resume(co);
        mark('p');
        go_coro_yield(co);
    }
}

static void
resumed_from_two_places(void)
{
    struct go_coro *in = go_coro_new(yields_twice, trail);
    struct go_coro *out = go_coro_new(two_resumers, in);

    step("resuming one coroutine from two places in turn");
    mark('1');
    go_coro_resume(in);
    mark('2');
    go_coro_resume(out);
    mark('3');
    expect_trail("1a2obp3",
                 "A coroutine did not come back to the one that resumed it.",
                 "The resumer is noted anew at each call: it need not be the "
                 "same as last time.");
}

static struct go_coro *self;

static void
resumes_itself(void *arg)
{
    (void)arg;
    go_coro_resume(self);
    fprintf(stderr, "and it came back\n");
}

// What the process said and how it ended, when fn ran in one of its own.
static int
fatal_text(void (*fn)(void), char *text, size_t room)
{
    int ends[2];
    int status;

    if (pipe(ends) != 0)
        exit(2);

    pid_t child = fork();

    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        alarm(2);
        fn();
        _exit(0);
    }
    close(ends[1]);

    ssize_t n = read(ends[0], text, room - 1);

    text[n > 0 ? n : 0] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void
resume_self(void)
{
    self = go_coro_new(resumes_itself, NULL);
    go_coro_resume(self);
}

static void
running_is_an_error(void)
{
    char text[256];

    step("resuming a coroutine that is running");

    int status = fatal_text(resume_self, text, sizeof(text));

    if (status != 2 || strncmp(text, "fatal error: ", 13) != 0 ||
        strstr(text, "and it came back") != NULL)
        fail("Resuming a coroutine that runs already goes unnoticed.",
             "Two would stand on one stack. The status must change from "
             "waiting to running, and g_set_status checks that.",
             "it should end with \"fatal error: \" and status 2\n"
             "it ended with status %d and said: %.60s", status, text);
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    if (c->signal == 0 && strstr(c->said, "is dead") != NULL) {
        *what = "A coroutine that has ended was continued.";
        *why = "go_coro_resume returns NULL for one that is dead, and does "
               "nothing else.";
        return true;
    }
    if (c->signal == 0 && c->step == nested) {
        *what = "A coroutine did not come back to the one that resumed it.";
        *why = "The resumer is whoever runs when go_coro_resume is called, "
               "and that may be a coroutine.";
        return true;
    }
    if (c->signal == 0 && strstr(c->said, "g_set_status") != NULL) {
        *what = "The status of a coroutine does not follow what it does.";
        *why = "It is running from the moment it is resumed. go_coro_yield "
               "and the end of its function count on that.";
        return true;
    }
    if (c->signal != 11 ||
        c->address >= sizeof(struct g) + sizeof(struct m))
        return false;
    *what = "Something was looked up through a pointer that is NULL.";
    *why = "A coroutine that yields goes to its resumer. Somebody must have "
           "noted who that is, before the switch.";
    return true;
}

int
main(void)
{
    explain_crashes(explain);
    ask(values_and_the_end);
    ask(one_resumes_another);
    ask(resumed_from_two_places);
    ask(running_is_an_error);
    return asked();
}
