/** @file 03-gmp-maxprocs.c  The number of p's at the start, in worlds that are
 * made up: files of the kernel, and an environment.
 *
 * The source is compiled here with a table of our own in place of the world,
 * and so stands in for the library's. (03-gmp.bats compiles this: make would
 * take the source that is included for one more to be linked.)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schedt.h"
#include "world.h"

static const struct {
    const char *name;
    int processors;
    const char *gomaxprocs;         // NULL: not set
    int expected;
    const char *files[8];           // path, text, path, text, ...
} cases[] = {
    { "no groups", 8, NULL, 8, { NULL } },
    { "version 2, no limit", 8, NULL, 8, {
        "/proc/self/cgroup", "0::/a\n",
        "/sys/fs/cgroup/a/cpu.max", "max 100000\n" } },
    { "version 2, a limit", 8, NULL, 3, {
        "/proc/self/cgroup", "0::/a\n",
        "/sys/fs/cgroup/a/cpu.max", "300000 100000\n" } },
    { "version 2, rounded up", 8, NULL, 3, {
        "/proc/self/cgroup", "0::/a\n",
        "/sys/fs/cgroup/a/cpu.max", "200001 100000\n" } },
    { "version 2, two at least", 8, NULL, 2, {
        "/proc/self/cgroup", "0::/a\n",
        "/sys/fs/cgroup/a/cpu.max", "10000 100000\n" } },
    { "version 2, but one processor", 1, NULL, 1, {
        "/proc/self/cgroup", "0::/a\n",
        "/sys/fs/cgroup/a/cpu.max", "10000 100000\n" } },
    { "version 2, more than there are", 4, NULL, 4, {
        "/proc/self/cgroup", "0::/a\n",
        "/sys/fs/cgroup/a/cpu.max", "900000 100000\n" } },
    { "version 2, far more than there can be", 4, NULL, 4, {
        "/proc/self/cgroup", "0::/a\n",
        "/sys/fs/cgroup/a/cpu.max", "9223372036854775807 1\n" } },
    { "version 2, the group above has less", 16, NULL, 3, {
        "/proc/self/cgroup", "0::/a/b\n",
        "/sys/fs/cgroup/a/b/cpu.max", "500000 100000\n",
        "/sys/fs/cgroup/a/cpu.max", "300000 100000\n" } },
    { "version 2, only the group above has one", 16, NULL, 3, {
        "/proc/self/cgroup", "0::/a/b\n",
        "/sys/fs/cgroup/a/cpu.max", "300000 100000\n" } },
    { "version 2, the root", 16, NULL, 5, {
        "/proc/self/cgroup", "0::/\n",
        "/sys/fs/cgroup/cpu.max", "500000 100000\n" } },
    { "version 1", 16, NULL, 4, {
        "/proc/self/cgroup", "5:memory:/x\n4:cpu,cpuacct:/a\n",
        "/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "400000\n",
        "/sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n" } },
    { "version 1, no limit", 16, NULL, 16, {
        "/proc/self/cgroup", "4:cpuacct,cpu:/a\n",
        "/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "-1\n",
        "/sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n" } },
    { "version 1, mounted at its own group", 16, NULL, 6, {
        "/proc/self/cgroup", "4:cpu:/docker/0123\n",
        "/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "600000\n",
        "/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n" } },
    { "version 1, another controller's", 16, NULL, 16, {
        "/proc/self/cgroup", "4:cpuset:/a\n",
        "/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "400000\n",
        "/sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n" } },
    { "nonsense", 7, NULL, 7, {
        "/proc/self/cgroup", "nothing\n::\n0:\n0::/a\n:::\n",
        "/sys/fs/cgroup/a/cpu.max", "what\n" } },
    { "no period", 7, NULL, 7, {
        "/proc/self/cgroup", "0::/a\n",
        "/sys/fs/cgroup/a/cpu.max", "100000\n" } },
    { "GOMAXPROCS is above all", 4, "9", 9, {
        "/proc/self/cgroup", "0::/a\n",
        "/sys/fs/cgroup/a/cpu.max", "200000 100000\n" } },
    { "GOMAXPROCS makes no sense", 8, "x", 3, {
        "/proc/self/cgroup", "0::/a\n",
        "/sys/fs/cgroup/a/cpu.max", "300000 100000\n" } },
    { "more processors than p's", 8192, NULL, 4096, { NULL } },
};

static unsigned now;

static int
case_processors(void)
{
    return cases[now].processors;
}

static const char *
case_environment(const char *name)
{
    return strcmp(name, "GOMAXPROCS") == 0 ? cases[now].gomaxprocs : NULL;
}

static ssize_t
case_read_file(const char *path, char *buf, size_t bytes)
{
    for (int i = 0; i < 8 && cases[now].files[i] != NULL; i += 2)
        if (strcmp(cases[now].files[i], path) == 0) {
            size_t n = strlen(cases[now].files[i + 1]);

            n = n < bytes ? n : bytes;
            memcpy(buf, cases[now].files[i + 1], n);
            return (ssize_t)n;
        }
    errno = ENOENT;
    return -1;
}

static const struct world made_up = {
    .processors = case_processors,
    .environment = case_environment,
    .read_file = case_read_file,
};

#define world made_up
#include "maxprocs.c"
#undef world

int
main(void)
{
    int bad = 0;

    for (now = 0; now < sizeof(cases) / sizeof(cases[0]); now++) {
        int n = maxprocs();

        if (n != cases[now].expected) {
            printf("%s: %d, not %d\n", cases[now].name, n, cases[now].expected);
            bad = 1;
        }
    }
    return bad;
}
