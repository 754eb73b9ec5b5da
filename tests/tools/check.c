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
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include "check.h"
#include "machine.h"

enum { WIDTH = 66 };            // of the text beside a field's name
enum { MAX_SAID = 1 << 20 };    // bytes that a child may print

enum ending { RUNNING, PASSED, FAILED, CRASHED, HUNG, FLOODED };

static struct report {
    volatile enum ending ending;
    const char *volatile step;
    char what[512];
    char why[512];
    char evidence[1024];
    struct crash crash;
} *report;

static int said = -1;           // a file: what the child prints

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

// What follows `start` in the last of the child's last lines that begins so,
// or "" if none does.
static void
last_words(const char *start, char *text, size_t room)
{
    char all[4096];
    struct stat file = { .st_size = 0 };
    char *rest = all;

    fstat(said, &file);

    off_t from = file.st_size - (off_t)sizeof(all) + 1;
    ssize_t n = pread(said, all, sizeof(all) - 1, from > 0 ? from : 0);

    while (n > 0 && all[n - 1] == '\n')
        n--;
    all[n > 0 ? n : 0] = '\0';
    *text = '\0';
    for (char *line; (line = strsep(&rest, "\n")) != NULL; )
        if (strncmp(line, start, strlen(start)) == 0)
            snprintf(text, room, "%.200s", line + strlen(start));
}

static void
tell_crash(const struct crash *c)
{
    const char *what = NULL;
    const char *why = NULL;
    char text[512];
    char evidence[512];
    char address[64] = "";

    if (explain == NULL || !explain(c, &what, &why)) {
        snprintf(text, sizeof(text), "The program crashed while %s.", c->step);
        what = text;
        why = "What it means is not known. pc is the instruction, sp the "
              "stack: does either of them look wrong?";
    }
    // Other signals come without an address.
    if (c->signal == SIGSEGV || c->signal == SIGBUS)
        snprintf(address, sizeof(address), ", address %#lx",
                 (unsigned long)c->address);
    snprintf(evidence, sizeof(evidence), "%s, while %s\npc %#lx, sp %#lx%s",
             signal_name(c->signal), c->step, (unsigned long)c->pc,
             (unsigned long)c->sp, address);
    message(what, evidence, why);
}

static void
tell(int status)
{
    char text[512];
    char words[256];
    char evidence[512];

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
    case FLOODED:
        snprintf(text, sizeof(text),
                 "The program does not stop printing while %s.", report->step);
        last_words("", words, sizeof(words));
        snprintf(evidence, sizeof(evidence),
                 "cut off after %d bytes; the last: %.40s", MAX_SAID, words);
        message(text, evidence, "What prints stands in a loop that has no "
                "end, or in a function that is called again and again.");
        return;
    case PASSED:
    case RUNNING:
        break;
    }
    struct crash c = { .step = report->step };
    const char *what = NULL;
    const char *why = NULL;

    if (WIFSIGNALED(status)) {
        c.signal = WTERMSIG(status);
        tell_crash(&c);
        return;
    }
    // ThreadSanitizer's way to end a program that it has complained of.
    last_words("SUMMARY: ThreadSanitizer: ", words, sizeof(words));
    if (WEXITSTATUS(status) == 66 && *words != '\0') {
        message("The race detector complains.", words,
                "Something is shared that it was not told of.");
        return;
    }
    last_words("", words, sizeof(words));
    c.said = words;
    if (explain == NULL || !explain(&c, &what, &why)) {
        snprintf(text, sizeof(text), "The program ended while %s.", c.step);
        what = text;
        why = "A fatal error, or somebody called exit.";
    }
    snprintf(evidence, sizeof(evidence), "exit status %d%s%s",
             WEXITSTATUS(status), *words != '\0' ? "; it said:\n" : "", words);
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
    report->ending = sig == SIGALRM ? HUNG :
                     sig == SIGXFSZ ? FLOODED : CRASHED;
    _exit(1);
}

// Signals are taken on a stack of their own: the other may be the reason.
static void
catch_signals(void)
{
    static char stack[64 << 10];
    static const int signals[] = {
        SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGALRM,
        SIGXFSZ,
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

// What the child prints goes to a file of limited size, and does not flood the
// terminal. A line of it is there as soon as it is printed, for a crash loses
// what stdio still holds.
static void
keep_output(void)
{
    const struct rlimit limit = { MAX_SAID, MAX_SAID };

    dup2(said, STDOUT_FILENO);
    dup2(said, STDERR_FILENO);
    setvbuf(stdout, NULL, _IOLBF, 0);
    setrlimit(RLIMIT_FSIZE, &limit);
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
    said = memfd_create("said", 0);
    fflush(stdout);

    pid_t child = fork();

    if (child == -1) {
        perror("check: cannot make a process");
        exit(2);
    }
    if (child == 0) {
        if (getenv("CHECK_LOUD") == NULL)
            keep_output();
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
