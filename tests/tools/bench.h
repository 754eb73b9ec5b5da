/** @file bench.h  Measuring. Included by the benchmarks, in C and C++.
 *
 * Each workload is a function that does something n times and returns. It is
 * calibrated to take about 60 ms, then measured a few times. Output, a line a
 * measurement, with tabs between:
 *
 *     R  system  procs  workload  unit  value
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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

// Measure `work`; one of its n rounds is `per_round` units of what is counted.
static inline void
bench(const char *system, const char *workload, void (*work)(long n),
      int per_round)
{
    long n = 16;
    double t = bench_time(work, n);

    while (t < 0.01) {
        n *= 4;
        t = bench_time(work, n);
    }
    n = (long)((double)n * 0.06 / t) + 1;
    for (int i = 0; i < 5; i++)
        printf("R\t%s\t1\t%s\tns\t%.3f\n", system, workload,
               bench_time(work, n) / (double)n / per_round * 1e9);
    fflush(stdout);
}

#endif
