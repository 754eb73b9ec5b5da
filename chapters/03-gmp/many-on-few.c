/** @file many-on-few.c  How many threads do 20,000 goroutines take, and how
 * often does the kernel have to help?
 */
#include <dirent.h>
#include <goroutine.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "../01-context/claim.h"

enum { N = 20000, PROCS = 2, TURNS = 50 };

static struct go_waitgroup all_wait, gate, all;

static int
threads(void)
{
    DIR *dir = opendir("/proc/self/task");
    int n = 0;

    while (dir != NULL && readdir(dir) != NULL)
        n++;
    if (dir != NULL)
        closedir(dir);
    return n - 2;                   // . and ..
}

static long
kib_in_memory(void)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    long kib, sum = 0;

    while (file != NULL && fgets(line, sizeof(line), file) != NULL)
        if (sscanf(line, "VmRSS: %ld", &kib) == 1 ||
            sscanf(line, "VmPTE: %ld", &kib) == 1)
            sum += kib;
    if (file != NULL)
        fclose(file);
    return sum;
}

static long
switches_of_the_kernel(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nvcsw + usage.ru_nivcsw;
}

static void
waits(void)
{
    go_waitgroup_done(&all_wait);
    go_waitgroup_wait(&gate);
    for (int i = 0; i < TURNS; i++)
        go_gosched();
}

static long
number_in(const char *path)
{
    FILE *file = fopen(path, "r");
    long n = 0;

    if (file == NULL || fscanf(file, "%ld", &n) != 1)
        n = 0;
    if (file != NULL)
        fclose(file);
    return n;
}

// Each thread has a number, too.
static long
threads_max(void)
{
    const long threads = number_in("/proc/sys/kernel/threads-max");
    const long numbers = number_in("/proc/sys/kernel/pid_max");

    return threads < numbers ? threads : numbers;
}

static int
go_main(int argc, char **argv)
{
    char text[100];

    (void)argc;
    (void)argv;
    go_gomaxprocs(PROCS);

    const long before = kib_in_memory();

    go_waitgroup_add(&all_wait, N);
    go_waitgroup_add(&gate, 1);
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&all, waits);
    go_waitgroup_wait(&all_wait);

    const long bytes = (kib_in_memory() - before) * 1024 / N;
    const int goroutines = go_num_goroutine(), on = threads();
    long switches = switches_of_the_kernel();

    go_waitgroup_done(&gate);
    go_waitgroup_wait(&all);
    switches = switches_of_the_kernel() - switches;

    // One more thread watches. (In an emulator the kernel sees three times as
    // many switches as without.)
    const char *few = goroutines > N && on < 20 ? "true" : "false";
    const char *ours = switches < (long)N * TURNS / 20 ? "true" : "false";
    const char *light = bytes < 16384 ? "true" : "false";

    snprintf(text, sizeof(text), "%d goroutines alive, on %d threads", N, on);
    verdict("3.3 3.20 3.53 3.64", few, text);
    verdict("3.82 3.99 3.100 3.106", few, text);
    verdict("3.2 3.21 3.81 3.98", few, text);
    snprintf(text, sizeof(text), "%ld bytes of memory each: a million fit",
             bytes);
    verdict("3.1 3.17 3.4 3.18", light, text);
    verdict("3.59 3.61 3.62 3.70", light, text);
    snprintf(text, sizeof(text), "of %ld turns, the kernel has seen less than"
             " one in 20", (long)N * TURNS);
    verdict("3.65 3.66 3.72 3.56", ours, text);
    verdict("3.67 3.73", strcmp(ours, "true") == 0 ? "true" : "false",
            "the threads' switches are what the kernel does count");
    snprintf(text, sizeof(text), "this kernel allows %ld", threads_max());
    verdict("3.71", threads_max() >= 20000 ? "false" : "true", text);
    verdict("3.19", few, "no thread was made, joined, or named here");
    verdict("3.114", strcmp(ours, "true") == 0 ? "half true" : "false",
            "parking asks no kernel; than what it is better, nobody says");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
