/** @file check.h  A check: questions put to the code, each in a process of
 * its own.
 *
 *     static void
 *     keeps_rbx(void)
 *     {
 *         step("switching to and fro once");
 *         ...
 *         if (found != put)
 *             fail("rbx does not survive the switch.",
 *                  "A caller may keep a variable in rbx.",
 *                  "put %#lx, found %#lx", put, found);
 *     }
 *
 *     int
 *     main(void)
 *     {
 *         ask(keeps_rbx);
 *         return asked();
 *     }
 *
 * The first question that fails ends the check: a message of five fields on
 * standard output, and exit status 1. A crash, a hang and an early end of the
 * process are told apart, and say which step they happened in. A check that
 * passes prints nothing.
 *
 * Environment: CHECK_LOOK and CHECK_TRY are the last two fields;
 * CHECK_SECONDS is the time that a question may take (10). What a question
 * prints is kept back, unless CHECK_LOUD is set.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>
#include <stdint.h>

// Put a question, in a child process. Nothing happens once one has failed.
void ask(void (*question)(void));

// The exit status of the check, after the last question.
int asked(void);

// Inside a question: say what happens next, in words that continue
// "The program crashed while ...". text must outlive the question.
void step(const char *text);

// Inside a question: the answer is wrong. WHAT and WHY are sentences, the rest
// is the evidence, in the manner of printf; its lines are kept as they are.
_Noreturn void fail(const char *what, const char *why, const char *evidence,
                    ...) __attribute__((format(printf, 3, 4)));

// What is known of a crash, or of an end that nobody asked for.
struct crash {
    int signal;             // 0: the process exited
    uintptr_t pc;
    uintptr_t sp;
    uintptr_t address;      // of the access that failed
    const char *step;
    const char *said;       // signal 0 only: the last line that it printed
};

// Before the first question: explain is shown each crash, and may say what it
// means. It returns false if it does not know.
void explain_crashes(bool (*explain)(const struct crash *, const char **what,
                                     const char **why));

#endif
