/** @file maxprocs.c  How many p's there are at the start.
 *
 * GOMAXPROCS of the environment, if it is a number. If not, the number of
 * processors that this process may use: those of its affinity, but no more
 * than the limit on processor time of its control group says, rounded up.
 * With a limit there are two at least: one that computes, and one for the
 * rest.
 *
 * Mirrors schedinit in Go's runtime/proc.go and internal/runtime/cgroup. Go
 * ignores a malformed GOMAXPROCS without a word.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schedt.h"

#include "godebug.h"

int
go_num_cpu(void)
{
    return world.processors();
}

// ---- Control groups --------------------------------------------------------

// What stands in the file at path, or its beginning. False if nothing does.
static bool
read_text(const char *path, char *text, size_t room)
{
    ssize_t n = world.read_file(path, text, room - 1);

    text[n > 0 ? n : 0] = '\0';
    return n > 0;
}

// quota microseconds of processor time in each period, as processors.
static int
rounded_up(long long quota, long long period)
{
    if (quota <= 0 || period <= 0)
        return MAX_PROCS;               // "max", or -1: no limit
    if (quota / period >= MAX_PROCS)
        return MAX_PROCS;
    return (int)(quota / period + (quota % period != 0));
}

// The limit of one group, version 2: "200000 100000", or "max 100000".
static int
limit_v2(const char *group)
{
    char path[600], text[64];

    snprintf(path, sizeof(path), "/sys/fs/cgroup%s/cpu.max", group);
    if (!read_text(path, text, sizeof(text)))
        return MAX_PROCS;

    char *rest;
    long long quota = strtoll(text, &rest, 10);

    return rounded_up(quota, strtoll(rest, NULL, 10));
}

// The same for version 1, where the two numbers have a file each.
static int
limit_v1(const char *group)
{
    char path[600], quota[64], period[64];

    snprintf(path, sizeof(path), "/sys/fs/cgroup/cpu%s/cpu.cfs_quota_us", group);
    if (!read_text(path, quota, sizeof(quota)))
        return MAX_PROCS;
    snprintf(path, sizeof(path), "/sys/fs/cgroup/cpu%s/cpu.cfs_period_us", group);
    if (!read_text(path, period, sizeof(period)))
        return MAX_PROCS;
    return rounded_up(strtoll(quota, NULL, 10), strtoll(period, NULL, 10));
}

// The least limit of group and all that it is in.
static int
limit_of(char *group, int (*limit)(const char *))
{
    int least = MAX_PROCS;

    if (strcmp(group, "/") == 0)
        group[0] = '\0';
    for (;;) {
        int n = limit(group);
        char *slash = strrchr(group, '/');

        if (n < least)
            least = n;
        if (slash == NULL)
            return least;
        *slash = '\0';
    }
}

// Whether the list "a,b,c" up to the colon has the word cpu.
static bool
has_cpu(const char *list)
{
    while (*list != ':' && *list != '\0') {
        size_t n = strcspn(list, ",:");

        if (n == 3 && memcmp(list, "cpu", 3) == 0)
            return true;
        list += n + (list[n] == ',');
    }
    return false;
}

// Each line of /proc/self/cgroup is number:controllers:group.
static int
limit_of_groups(void)
{
    char text[4096];
    int least = MAX_PROCS;

    if (!read_text("/proc/self/cgroup", text, sizeof(text)))
        return MAX_PROCS;
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char *controllers = strchr(line, ':');
        char *group = controllers != NULL ? strchr(controllers + 1, ':') : NULL;
        int n = MAX_PROCS;

        if (group == NULL || strlen(group) > 500)
            continue;
        if (strncmp(line, "0::", 3) == 0)
            n = limit_of(group + 1, limit_v2);
        else if (has_cpu(controllers + 1))
            n = limit_of(group + 1, limit_v1);
        if (n < least)
            least = n;
    }
    return least < 2 ? 2 : least;
}

// ---- GOMAXPROCS ------------------------------------------------------------

// What the environment asks for, 0 if nothing that makes sense.
static int
asked_for(void)
{
    const char *text = world.environment("GOMAXPROCS");
    size_t n;

    if (text == NULL || text[0] == '\0')
        return 0;
    if (!number(text, strlen(text), 1, INT32_MAX, &n)) {
        say("runtime: GOMAXPROCS=%.100s is ignored: expected a number from 1 "
            "to %d\n", text, MAX_PROCS);
        return 0;
    }
    if (n > MAX_PROCS) {
        say("runtime: GOMAXPROCS=%zu: there are no more than %d\n", n, MAX_PROCS);
        n = MAX_PROCS;
    }
    return (int)n;
}

int
maxprocs(void)
{
    int n = asked_for();

    if (n == 0) {
        int limit = limit_of_groups();

        n = world.processors();
        if (n > limit)
            n = limit;
        if (n > MAX_PROCS)
            n = MAX_PROCS;
    }
    return n;
}
