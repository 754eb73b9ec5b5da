/** @file bench.h  Measuring. Included by the benchmarks, in C and C++.
 *
 * Called without arguments, a benchmark prints the names of its workloads.
 * Called as `NAME SYSTEM` it measures one of them: so each has a process of
 * its own, and finds no memory that another has touched. GOMAXPROCS of the
 * environment says how many processors it may use.
 *
 * Each workload is a function that does something n times and returns. It is
 * done once, calibrated to take about 60 ms, then measured a few times.
 * Output, a line a measurement, with tabs between:
 *
 *     R  system  procs  workload  unit  value
 *
 * and N, a tab, and a text is a note to be shown below the table.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *bench_wanted;        // NULL: names are to be printed
static int bench_procs = 1;

static inline void
bench_begin(int argc, char **argv)
{
    const char *procs = getenv("GOMAXPROCS");

    if (argc > 1)
        bench_wanted = argv[1];
    if (procs != NULL && atoi(procs) > 0)
        bench_procs = atoi(procs);
}

// Whether this workload is to be measured.
static inline int
bench_wants(const char *workload)
{
    if (bench_wanted == NULL)
        puts(workload);
    return bench_wanted != NULL && strcmp(bench_wanted, workload) == 0;
}

static inline void
bench_result(const char *system, const char *workload, const char *unit,
             double value)
{
    printf("R\t%s\t%d\t%s\t%s\t%.3f\n", system, bench_procs, workload, unit,
           value);
    fflush(stdout);
}

static inline double
bench_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline double
bench_time(void (*work)(long n), long n)
{
    double start = bench_seconds();

    work(n);
    return bench_seconds() - start;
}

// Measure `work` in units of which a second has `per_second`; one of its n
// rounds is `per_round` of what is counted.
static inline void
bench_in(const char *unit, double per_second, const char *system,
         const char *workload, void (*work)(long n), int per_round)
{
    if (!bench_wants(workload))
        return;
    bench_time(work, 1);

    long n = 1;
    double t = bench_time(work, n);

    while (t < 0.01) {
        n *= 4;
        t = bench_time(work, n);
    }
    n = (long)((double)n * 0.06 / t) + 1;
    for (int i = 0; i < 5; i++)
        bench_result(system, workload, unit,
                     bench_time(work, n) / (double)n / per_round * per_second);
}

static inline void
bench(const char *system, const char *workload, void (*work)(long n),
      int per_round)
{
    bench_in("ns", 1e9, system, workload, work, per_round);
}

// ---- Memory ----------------------------------------------------------------

// Bytes that this process has in memory, page tables included.
static inline double
bench_memory(void)
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
    return (double)sum * 1024;
}

// How many mappings it has.
static inline int
bench_mappings(void)
{
    FILE *file = fopen("/proc/self/maps", "r");
    int n = 0;

    for (int c; file != NULL && (c = getc(file)) != EOF;)
        n += c == '\n';
    if (file != NULL)
        fclose(file);
    return n;
}

// What n goroutines took that were created, woken and ended: seconds for each;
// bytes of memory, and mappings, when all were parked.
struct bench_many {
    double create, wake, end;
    double memory;
    int mappings;
};

static inline void
bench_many(const char *system, const char *workload, int n,
           const struct bench_many *m)
{
    const struct { const char *what, *unit; double value; } row[] = {
        { "create", "ns", m->create / n * 1e9 },
        { "wake", "ns", m->wake / n * 1e9 },
        { "end", "ns", m->end / n * 1e9 },
        { "rss", "B", m->memory / n },
        { "maps", "maps", (double)m->mappings },
    };
    char name[64];

    for (unsigned i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        snprintf(name, sizeof(name), "%s_%s", workload, row[i].what);
        bench_result(system, name, row[i].unit, row[i].value);
    }
}

#endif
