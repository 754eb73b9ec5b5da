/** @file main.c  The command line of a program of checks. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine.h"

static const char usage[] =
    "usage: CHECKS [options] [NAME...]\n"
    "  --list            the checks\n"
    "  --bound N         preemptions, at most, in place of what each check says\n"
    "  --seconds S       for each bound of each check (20)\n"
    "  --samples N       random and PCT schedules, each\n"
    "  --seed N          for these\n"
    "  --replay NAME:SCHEDULE   one schedule, and what happens in it\n"
  ;

static struct {
    int bound;
    double seconds;
    long samples;
    uint64_t seed;
    long times;
} option __attribute__((section("explore_keep"))) = { -1, 20, -1, 1, 1 };

static double
seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int
refuse(const char *format, const char *what)
{
    fprintf(stderr, format, what);
    fprintf(stderr, "\n%s", usage);
    return 2;
}

// A schedule has failed: the smallest one that does, and how to see it.
static void
tell_failure(const struct explore_check *check, const char *how, double seconds)
{
    static struct schedule s __attribute__((section("explore_keep")));
    const unsigned long after = explorer->executions;
    const bool meant = check->finds != NULL &&
                       strstr(explorer->failure, check->finds) != NULL;
    char text[100];
    bool fits;

    s = explorer->made;
    search_minimise(&s);
    search_replay(&s, &fits);
    schedule_write(&s, text, sizeof(text));
    printf("%s\t%s\t%s\t%lu schedules\t%.2f s\t%s\t%s:%s\n",
           meant ? "found" : "FAIL", check->name, how, after, seconds,
           explorer->failure, check->name, text);
    fflush(stdout);
}

static void
tell_good(const struct explore_check *check, const char *how, double seconds)
{
    printf("%s\t%s\t%s\t%lu schedules\t%.2f s\t%.2f M a second\n",
           check->finds == NULL ? "ok" : "MISSED", check->name, how,
           (unsigned long)explorer->executions, seconds,
           (double)explorer->executions / seconds * 1e-6);
    fflush(stdout);
}

// Try the schedules that check asks for. Whether one failed; *how says where.
static bool
fails(const struct explore_check *check, char *how, size_t room)
{
    const int bound = option.bound >= 0 ? option.bound : check->bound;
    const long samples = option.samples >= 0 ? option.samples : check->samples;
    bool complete = true;

    for (int b = 0; b <= bound && complete; b++) {
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

        if (i % 2 == 0 ? !search_random(seed)
                       : !search_pct(seed, depth, (int)length)) {
            if (i % 2 == 0)
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

// Whether the check does what it should: holds, or finds its mistake.
static bool
search(const struct explore_check *check)
{
    char how[80] = "not searched";

    engine_start(check);

    const double start = seconds_now();
    const bool failed = fails(check, how, sizeof(how));
    const double seconds = seconds_now() - start;

    if (!failed) {
        tell_good(check, how, seconds);
        return check->finds == NULL;
    }

    const bool meant = check->finds != NULL &&
                       strstr(explorer->failure, check->finds) != NULL;

    tell_failure(check, how, seconds);
    return meant;
}

static int
replay(const struct explore_check *checks, int n, const char *text)
{
    static struct schedule s __attribute__((section("explore_keep")));
    const char *colon = strchr(text, ':');
    const struct explore_check *check = NULL;
    bool fits;

    for (int i = 0; i < n && colon != NULL; i++)
        if (strlen(checks[i].name) == (size_t)(colon - text) &&
            strncmp(checks[i].name, text, (size_t)(colon - text)) == 0)
            check = &checks[i];
    if (check == NULL)
        return refuse("%s: there is no such check in this program (--list)", text);

    const char *wrong = schedule_read(colon + 1, &s);

    if (wrong != NULL) {
        fprintf(stderr, "%s: not a schedule: %s\n", text, wrong);
        return 2;
    }
    const char *stop = getenv("EXPLORE_STOP");

    engine_start(check);
    explorer->recording = true;
    explorer->stop_at = stop != NULL ? atoi(stop) : 0;
    search_replay(&s, &fits);
    show_record();
    for (long i = 1; i < option.times; i++) {
        static char failure[sizeof(explorer->failure)] __attribute__((section("explore_keep")));
        const int steps = explorer->steps;

        memcpy(failure, explorer->failure, sizeof(failure));
        search_replay(&s, &fits);
        if (steps != explorer->steps ||
            (explorer->failed && strcmp(failure, explorer->failure) != 0)) {
            printf("  not the same, the %ldth time\n", i + 1);
            return 1;
        }
    }
    if (!fits) {
        fprintf(stderr, "%s: the schedule does not fit: it is of another program, "
                "another build, or another version of it\n", text);
        return 2;
    }
    return explorer->failed;
}

static bool
wanted(const char *name, char **names, int n)
{
    for (int i = 0; i < n; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return n == 0;
}

int
explore_main(int argc, char **argv, const struct explore_check *checks, int n)
{
    int i = 1;
    bool good = true;
    int run = 0;

    for (; i < argc && argv[i][0] == '-'; i += 2) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";

        if (strcmp(argv[i], "--list") == 0) {
            for (int k = 0; k < n; k++)
                printf("%s\n", checks[k].name);
            return 0;
        }
        if (strcmp(argv[i], "--bound") == 0)
            option.bound = atoi(value);
        else if (strcmp(argv[i], "--seconds") == 0)
            option.seconds = atof(value);
        else if (strcmp(argv[i], "--samples") == 0)
            option.samples = atol(value);
        else if (strcmp(argv[i], "--seed") == 0)
            option.seed = strtoull(value, NULL, 0);
        else if (strcmp(argv[i], "--times") == 0)
            option.times = atol(value);
        else if (strcmp(argv[i], "--replay") == 0)
            return replay(checks, n, value);
        else
            return refuse("%s: there is no such option", argv[i]);
    }
    for (int k = 0; k < n; k++)
        if (wanted(checks[k].name, argv + i, argc - i)) {
            run++;
            good &= search(&checks[k]);
        }
    if (run == 0)
        return refuse("%s: there is no such check (--list)", argv[i]);
    return !good;
}
