/** @file main.c  The command line of a program of checks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine.h"

static const char usage[] =
    "usage: CHECKS [options] [NAME...]\n"
    "  --list            the checks\n"
    "  --strategy WHAT   bounded, random or pct only; else one after the other\n"
    "  --bound N         preemptions, at most, in place of what each check says\n"
    "  --seconds S       for each bound of each check (20)\n"
    "  --samples N       random and PCT schedules, in all\n"
    "  --seed N          for these\n"
    "  --explain         stop at the first failure, and tell it in five fields\n"
    "  --compare         search with and without comparing states: is it the same?\n"
    "  --times N         with --replay: how often, to see whether it is the same\n"
    "  --replay NAME:SCHEDULE   one schedule, and what happens in it\n";

static struct {
    long bound, samples, times;
    double seconds;
    uint64_t seed;
    const char *strategy;       // NULL: all
    const char *replay;
    uint64_t steps;             // of each check, to explain its failure
    uint64_t without_states;    // executions
} option __attribute__((section("explore_keep"))) = {
    .bound = -1, .samples = -1, .times = 1, .seconds = 20, .seed = 1,
    .steps = 6000000, .without_states = 2000,
};

static struct schedule schedule __attribute__((section("explore_keep")));

static double
seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

// The command line is wrong: say how, and leave.
static _Noreturn void
refuse(const char *format, const char *what)
{
    fflush(stdout);
    fprintf(stderr, format, what);
    fprintf(stderr, "\n%s", usage);
    exit(2);
}

// ---- Searching -------------------------------------------------------------

static bool
uses(const char *strategy)
{
    return option.strategy == NULL || strcmp(option.strategy, strategy) == 0;
}

// Try the schedules that check asks for. Whether one failed; *how says where.
static bool
fails(const struct explore_check *check, char *how, size_t room)
{
    const int bound = option.bound >= 0 ? (int)option.bound : check->bound;
    const long samples = option.samples >= 0 ? option.samples : check->samples;
    bool complete = true;

    snprintf(how, room, "%ld samples", samples);
    for (int b = 0; b <= bound && complete && uses("bounded"); b++) {
        snprintf(how, room, "bound %d", b);
        if (!search_bounded(b, option.seconds, &complete))
            return true;
        if (complete)
            snprintf(how, room, "verified: bound %d", b);
        else if (b == 0)
            snprintf(how, room, "bound 0, not to the end");
        else
            snprintf(how, room, "verified: bound %d, some of %d", b - 1, b);
    }
    for (long i = 0, length = explorer->choices; i < samples; i++) {
        const uint64_t seed = option.seed + (uint64_t)i;
        const int depth = 2 + (int)(i / 2 % 4);
        const bool random = option.strategy != NULL ? uses("random") : i % 2 == 0;

        if (!random && !uses("pct"))
            break;
        if (random ? !search_random(seed) : !search_pct(seed, depth, (int)length)) {
            if (random)
                snprintf(how, room, "random, seed %lu", (unsigned long)seed);
            else
                snprintf(how, room, "PCT, depth %d, seed %lu", depth, (unsigned long)seed);
            return true;
        }
        if (explorer->choices > length)
            length = explorer->choices;
    }
    return false;
}

// The last execution failed: run the smallest schedule that does, with a
// record, and write it to text.
static void
smallest(char *text, size_t room)
{
    bool fits;

    schedule = explorer->made;
    search_minimise(&schedule);
    explorer->recording = true;
    search_replay(&schedule, &fits);
    schedule_write(&schedule, text, room);
}

static void
begin(const struct explore_check *check)
{
    engine_start(check);
    explorer->recording = false;
    explorer->without_states = option.without_states;
    state_forget();
}

// With one thread there is one order, and who asks for more has made a mistake.
static void
refuse_alone(const struct explore_check *check)
{
    if (explorer->most_threads < 2 && (check->bound > 0 || check->samples > 0))
        refuse("%s: this check begins no thread, so there is one order only. "
               "See explore_thread, or go_run; or say .bound = 0, if that is meant", check->name);
}

// Whether the check does what it should: holds, or finds its mistake. One line
// on standard output, its fields separated by tabs.
static bool
search(const struct explore_check *check)
{
    char how[80], text[100];

    begin(check);

    const double start = seconds_now();
    const bool failed = fails(check, how, sizeof(how));
    const double seconds = seconds_now() - start;
    const unsigned long after = explorer->executions;

    if (!failed) {
        refuse_alone(check);
        printf("%s\t%s\t%s\t%lu schedules\t%.2f s\t%.2f M a second\n",
               check->finds == NULL ? "ok" : "MISSED", check->name, how, after,
               seconds, (double)after / seconds * 1e-6);
        fflush(stdout);
        return check->finds == NULL;
    }

    const bool meant = check->finds != NULL &&
                       strstr(explorer->failure, check->finds) != NULL;

    smallest(text, sizeof(text));
    printf("%s\t%s\t%s\t%lu schedules\t%.2f s\t%s\t%s:%s\n",
           meant ? "found" : "FAIL", check->name, how, after, seconds,
           engine_explain().what, check->name, text);
    fflush(stdout);
    return meant;
}

// A check of an exercise: the first failure is told in five fields, and nothing
// is said if all hold. What is tried is counted in steps, not in time, so that
// the answer is the same everywhere.
static bool
explain(const struct explore_check *check)
{
    char how[80], text[100];

    begin(check);
    explorer->most_steps = option.steps;
    if (!fails(check, how, sizeof(how))) {
        refuse_alone(check);
        return true;
    }
    smallest(text, sizeof(text));
    message_write(text);
    return false;
}

static bool
compare(const struct explore_check *check)
{
    begin(check);
    return search_outcomes(option.bound >= 0 ? (int)option.bound : check->bound);
}

// ---- One schedule again ----------------------------------------------------

// The check that NAME:SCHEDULE is of; the schedule is read.
static const struct explore_check *
read_replay(const struct explore_check *checks, int n, const char *text)
{
    const char *colon = strchr(text, ':');
    const struct explore_check *check = NULL;

    if (colon == NULL)
        refuse("%s: a schedule looks so: NAME:7B3A", text);
    for (int i = 0; i < n; i++)
        if (strlen(checks[i].name) == (size_t)(colon - text) &&
            strncmp(checks[i].name, text, (size_t)(colon - text)) == 0)
            check = &checks[i];
    if (check == NULL)
        refuse("%s: there is no such check in this program (--list)", text);

    const char *wrong = schedule_read(colon + 1, &schedule);

    if (wrong != NULL) {
        fprintf(stderr, "%s: not a schedule: %s.\n", text, wrong);
        exit(2);
    }
    return check;
}

static int
replay(const struct explore_check *checks, int n, const char *text)
{
    const char *stop = getenv("EXPLORE_STOP");
    bool fits;

    begin(read_replay(checks, n, text));
    explorer->recording = true;
    explorer->stop_at = stop != NULL ? atoi(stop) : 0;
    search_replay(&schedule, &fits);
    show_record();
    fflush(stdout);
    if (!fits) {
        fprintf(stderr, "%s: the schedule does not fit this program: %s.\n"
                "It was made with other code, or another build of it.\n",
                text, search_misfit());
        return 2;
    }
    for (long i = 1; i < option.times; i++) {
        static char failure[sizeof(explorer->failure)] __attribute__((section("explore_keep")));
        const int steps = explorer->steps;

        memcpy(failure, explorer->failure, sizeof(failure));
        search_replay(&schedule, &fits);
        if (steps != explorer->steps ||
            (explorer->failed && strcmp(failure, explorer->failure) != 0)) {
            printf("  not the same, the %ldth time\n", i + 1);
            return 1;
        }
    }
    return explorer->failed;
}

// ---- The command line ------------------------------------------------------

static double
number(const char *name, const char *value)
{
    char *end;
    double n = strtod(value, &end);

    if (*value == '\0' || *end != '\0' || n < 0)
        refuse("%s wants a number", name);
    return n;
}

static void
set_strategy(const char *value)
{
    static const char *const known[] = { "bounded", "random", "pct" };

    for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (strcmp(value, known[i]) == 0)
            option.strategy = known[i];
    if (option.strategy == NULL)
        refuse("--strategy %s: there is no such strategy. There are: bounded, "
               "random, pct", value);
}

static void
set(const char *name, const char *value)
{
    if (strcmp(name, "--bound") == 0)
        option.bound = (long)number(name, value);
    else if (strcmp(name, "--seconds") == 0)
        option.seconds = number(name, value);
    else if (strcmp(name, "--samples") == 0)
        option.samples = (long)number(name, value);
    else if (strcmp(name, "--seed") == 0)
        option.seed = (uint64_t)number(name, value);
    else if (strcmp(name, "--times") == 0)
        option.times = (long)number(name, value);
    else if (strcmp(name, "--strategy") == 0)
        set_strategy(value);
    else if (strcmp(name, "--replay") == 0)
        option.replay = value;
    else
        refuse("%s: there is no such option", name);
}

static bool
is_one_of(const char *name, char **names, int n)
{
    for (int i = 0; i < n; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return n == 0;
}

static void
refuse_unknown(const struct explore_check *checks, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (strcmp(checks[i].name, name) == 0)
            return;
    refuse("%s: there is no such check (--list)", name);
}

int
explore_main(int argc, char **argv, const struct explore_check *checks, int n)
{
    bool (*run)(const struct explore_check *) = search;
    bool good = true;
    int i;

    for (i = 1; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--list") == 0) {
            for (int k = 0; k < n; k++)
                printf("%s\n", checks[k].name);
            return 0;
        }
        if (strcmp(argv[i], "--help") == 0) {
            printf("%s", usage);
            return 0;
        }
        if (strcmp(argv[i], "--explain") == 0) {
            run = explain;
        } else if (strcmp(argv[i], "--compare") == 0) {
            run = compare;
        } else {
            set(argv[i], i + 1 < argc ? argv[i + 1] : "");
            i++;
        }
    }
    if (option.replay != NULL)
        return replay(checks, n, option.replay);
    for (int k = i; k < argc; k++)
        refuse_unknown(checks, n, argv[k]);
    for (int k = 0; k < n && (good || run != explain); k++)
        if (is_one_of(checks[k].name, argv + i, argc - i))
            good &= run(&checks[k]);
    return !good;
}
