/** @file 06-chan_select-choose.c  Which of the cases does a select choose? */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "goroutine.h"

enum { CASES = 4, TURNS = 4000 };

static go_chan(int) ch[CASES];
static bool has_value[CASES];
static int with_default;        // where among the cases it stands, or -1
static long chosen[CASES + 1];

// TURNS selects of CASES cases, of which some can be done.
static int
go_main(int argc, char **argv)
{
    struct go_case cases[CASES + 1];
    int n = 0, number[CASES + 1], got;

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    for (int i = 0; i < CASES; i++) {
        ch[i] = go_make_chan(int, 1);
        if (i == with_default) {
            number[n] = CASES;
            cases[n++] = go_case_default;
        }
        number[n] = i;
        cases[n++] = go_case_recv(ch[i], &got);
    }
    for (int i = 0; i < CASES; i++)
        if (has_value[i])
            go_send(ch[i], i);
    for (int i = 0; i < TURNS; i++) {
        const int k = number[go_select_n(cases, (size_t)n)];

        chosen[k]++;
        if (k < CASES)
            go_send(ch[k], k);
    }
    return 0;
}

// Cases of this pattern can be done: "x--x" is the first and the last.
static void
selects(const char *pattern, int otherwise)
{
    int first = -1, last = -1;
    long can = 0;

    for (int i = 0; i < CASES; i++) {
        has_value[i] = pattern[i] == 'x';
        if (has_value[i]) {
            first = first < 0 ? i : first;
            last = i;
            can++;
        }
    }
    with_default = otherwise;
    step("choosing among the cases of a select");
    go_run(go_main, 0, NULL);
    if (can == 0) {
        if (chosen[CASES] != TURNS)
            fail("No case can be done, and the default is not done either.",
                 "*otherwise says where the default is.",
                 "the default was done %ld times of %d", chosen[CASES], TURNS);
        return;
    }
    if (chosen[CASES] > 0)
        fail("The default is done, and another case could be.",
             "Whether one of the others can be done must be asked of each.",
             "pattern %s: the default was done %ld times of %d", pattern,
             chosen[CASES], TURNS);
    if (can > 1 && chosen[first] == TURNS)
        fail("Always the first case that can be done is chosen.",
             "If there is always something on the first channel, the others "
             "would never get a turn.",
             "pattern %s: the first was chosen %d times of %d", pattern, TURNS, TURNS);
    if (can > 1 && chosen[last] == TURNS)
        fail("Always the last case that can be done is chosen.",
             "If there is always something on the last channel, the others "
             "would never get a turn.",
             "pattern %s: the last was chosen %d times of %d", pattern, TURNS, TURNS);
    for (int i = 0; i < CASES; i++) {
        const long fair = has_value[i] ? TURNS / can : 0;

        if (labs(chosen[i] - fair) > TURNS / 10)
            fail("One case is chosen more often than another.",
                 "Each that can be done is as likely as any other, wherever it "
                 "stands, and whatever stands beside it.",
                 "pattern %s: case %d was chosen %ld times of %d; fair are %ld",
                 pattern, i, chosen[i], TURNS, fair);
    }
}

static void one(void) { selects("--x-", -1); }
static void all(void) { selects("xxxx", -1); }
static void some(void) { selects("x--x", -1); }
static void three(void) { selects("x-xx", 2); }
static void none(void) { selects("----", 0); }
static void default_first(void) { selects("-x--", 0); }

static int
main_two_defaults(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return go_select(go_case_default, go_case_default) * 0;
}

static void
two_defaults(void)
{
    int status;

    step("choosing between two defaults");

    pid_t child = fork();

    if (child == 0) {
        close(2);
        exit(go_run(main_two_defaults, 0, NULL));
    }
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 2)
        fail("A select has two defaults, and nothing is said.",
             "Only one could ever be done: gopanic(\"go_select: more than one "
             "go_case_default\").",
             "it should end by a panic, with status 2");
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    if (c->signal == 11) {
        *what = "The default is chosen as if it were an operation.";
        *why = "It has no channel, and is done by nobody: it is what *otherwise "
               "says, for when none of the others can be done.";
        return true;
    }
    if (c->signal != 0)
        return false;
    *what = "A case can be done, and the select waits.";
    *why = "If one case cannot be done, another may. n means that none can.";
    return true;
}

int
main(void)
{
    explain_crashes(explain);
    ask(one);
    ask(none);
    ask(default_first);
    ask(three);
    ask(all);
    ask(some);
    ask(two_defaults);
    return asked();
}
