/** @file check.c  Questions in processes of their own, and what is said when
 * one fails.
 *
 * Parent and child share one page. The child writes there what it is doing
 * and what it found; the parent reads it when the child has ended, however it
 * ended.
 */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include "check.h"
#include "machine.h"

enum { WIDTH = 66 };            // of the text beside a field's name

enum ending { RUNNING, PASSED, FAILED, CRASHED, HUNG };

static struct report {
    volatile enum ending ending;
    const char *volatile step;
    char what[512];
    char why[512];
    char evidence[1024];
    struct crash crash;
} *report;

static int said = -1;           // a file: the child's standard error

static bool (*explain)(const struct crash *, const char **, const char **);
static bool failed;

void
explain_crashes(bool (*fn)(const struct crash *, const char **, const char **))
{
    explain = fn;
}

void
step(const char *text)
{
    report->step = text;
}

void
fail(const char *what, const char *why, const char *evidence, ...)
{
    va_list args;

    snprintf(report->what, sizeof(report->what), "%s", what);
    snprintf(report->why, sizeof(report->why), "%s", why);
    va_start(args, evidence);
    vsnprintf(report->evidence, sizeof(report->evidence), evidence, args);
    va_end(args);
    report->ending = FAILED;
    _exit(1);
}

// ---- The message -----------------------------------------------------------

// One line of a field; the name stands beside the first.
static void
line(const char *name, const char *text, int length)
{
    printf("  %-9s %.*s\n", name, length, text);
}

// A field: lines end where the text says so, and before WIDTH.
static void
field(const char *name, const char *text)
{
    while (*text != '\0') {
        int length = (int)strcspn(text, "\n");

        if (length > WIDTH) {
            length = WIDTH;
            while (length > 0 && text[length] != ' ')
                length--;
            if (length == 0)
                length = WIDTH;
        }
        line(name, text, length);
        name = "";
        text += length;
        text += *text == ' ' || *text == '\n';
    }
}

static void
message(const char *what, const char *evidence, const char *why)
{
    const char *look = getenv("CHECK_LOOK");
    const char *try = getenv("CHECK_TRY");

    printf("\n");
    field("WHAT", what);
    field("EVIDENCE", evidence);
    field("WHY", why);
    field("LOOK AT", look != NULL ? look : "the part that this check is for");
    field("TRY", try != NULL ? try : "make hint");
    printf("\n");
    fflush(stdout);
}

static const char *
signal_name(int sig)
{
    switch (sig) {
    case SIGSEGV: return "SIGSEGV, a bad address";
    case SIGBUS:  return "SIGBUS, a bad address";
    case SIGILL:  return "SIGILL, not an instruction";
    case SIGFPE:  return "SIGFPE, bad arithmetic";
    case SIGABRT: return "SIGABRT, the program gave up";
    case SIGTRAP: return "SIGTRAP, an instruction that nobody should reach";
    }
    return "a signal";
}

// The last line that the child wrote to its standard error, or "".
static void
last_words(char *text, size_t room)
{
    char all[4096];
    ssize_t n = pread(said, all, sizeof(all) - 1, 0);
    char *line = all;

    while (n > 0 && all[n - 1] == '\n')
        n--;
    all[n > 0 ? n : 0] = '\0';
    for (char *p = all; *p != '\0'; p++)
        if (*p == '\n')
            line = p + 1;
    snprintf(text, room, "%.200s", line);
}

static void
tell_crash(const struct crash *c)
{
    const char *what = NULL;
    const char *why = NULL;
    char text[512];
    char evidence[512];

    if (explain == NULL || !explain(c, &what, &why)) {
        snprintf(text, sizeof(text), "The program crashed while %s.", c->step);
        what = text;
        why = "What it means is not known. pc is the instruction, sp the "
              "stack: does either of them look wrong?";
    }
    snprintf(evidence, sizeof(evidence),
             "%s, while %s\npc %#lx, sp %#lx, address %#lx",
             signal_name(c->signal), c->step, (unsigned long)c->pc,
             (unsigned long)c->sp, (unsigned long)c->address);
    message(what, evidence, why);
}

static void
tell(int status)
{
    char text[512];

    switch (report->ending) {
    case FAILED:
        message(report->what, report->evidence, report->why);
        return;
    case CRASHED:
        tell_crash(&report->crash);
        return;
    case HUNG:
        snprintf(text, sizeof(text), "The program hangs while %s.",
                 report->step);
        message(text, "It was given all its time, and did not come back.",
                "Either it waits for something that nobody will do, or a "
                "loop has no end.");
        return;
    case PASSED:
    case RUNNING:
        break;
    }
    struct crash c = { .step = report->step };
    char words[256];
    char evidence[512];
    const char *what = NULL;
    const char *why = NULL;

    if (WIFSIGNALED(status)) {
        c.signal = WTERMSIG(status);
        tell_crash(&c);
        return;
    }
    last_words(words, sizeof(words));
    c.said = words;
    if (explain == NULL || !explain(&c, &what, &why)) {
        snprintf(text, sizeof(text), "The program ended while %s.", c.step);
        what = text;
        why = "A fatal error, or somebody called exit.";
    }
    snprintf(evidence, sizeof(evidence), "exit status %d; it said:\n%s",
             WEXITSTATUS(status), words);
    message(what, evidence, why);
}

// ---- The child -------------------------------------------------------------

static void
on_signal(int sig, siginfo_t *info, void *context)
{
    report->crash = (struct crash){
        .signal = sig,
        .pc = machine_pc(context),
        .sp = machine_sp(context),
        .address = (uintptr_t)info->si_addr,
        .step = report->step,
    };
    report->ending = sig == SIGALRM ? HUNG : CRASHED;
    _exit(1);
}

// Signals are taken on a stack of their own: the other may be the reason.
static void
catch_signals(void)
{
    static char stack[64 << 10];
    static const int signals[] = {
        SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGALRM,
    };
    const stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
    struct sigaction action = {
        .sa_sigaction = on_signal,
        .sa_flags = SA_SIGINFO | SA_ONSTACK,
    };

    sigaltstack(&alternate, NULL);
    for (unsigned i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
        sigaction(signals[i], &action, NULL);
}

void
ask(void (*question)(void))
{
    const char *seconds = getenv("CHECK_SECONDS");
    int status = 0;

    if (failed)
        return;
    if (report == NULL) {
        report = mmap(NULL, sizeof(*report), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (report == MAP_FAILED) {
            perror("check: no memory for the report");
            exit(2);
        }
    }
    *report = (struct report){ .step = "beginning" };
    if (said >= 0)
        close(said);
    said = memfd_create("stderr", 0);
    fflush(stdout);

    pid_t child = fork();

    if (child == -1) {
        perror("check: cannot make a process");
        exit(2);
    }
    if (child == 0) {
        if (getenv("CHECK_LOUD") == NULL)
            dup2(said, STDERR_FILENO);
        catch_signals();
        alarm(seconds != NULL ? (unsigned)atoi(seconds) : 10);
        question();
        report->ending = PASSED;
        _exit(0);
    }
    waitpid(child, &status, 0);
    if (report->ending == PASSED && status == 0)
        return;
    failed = true;
    tell(status);
}

int
asked(void)
{
    return failed;
}
