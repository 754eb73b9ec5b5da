/** @file 03-gmp_bench_pthread.c  The same workloads, by threads of the kernel.
 *
 * They get as many processors as goroutines do. (yield2 by sched_yield stands
 * in 01-context_bench.c.)
 *
 * Procs: 1 2
 */
#include <pthread.h>
#include <sched.h>

#include "bench.h"

static void *
does_nothing(void *arg)
{
    return arg;
}

static void
spawn(int count, long n)
{
    pthread_t thread[100];

    for (long i = 0; i < n; i++) {
        for (int k = 0; k < count; k++)
            if (pthread_create(&thread[k], NULL, does_nothing, NULL) != 0)
                abort();
        for (int k = 0; k < count; k++)
            pthread_join(thread[k], NULL);
    }
}

static void
spawn_seq(long n)
{
    spawn(1, n);
}

static void
spawn_batch100(long n)
{
    spawn(100, n);
}

// Of the processors that this process may use, the first bench_procs.
static void
take_processors(void)
{
    cpu_set_t all;
    int left = bench_procs;

    sched_getaffinity(0, sizeof(all), &all);
    for (int i = 0; i < CPU_SETSIZE; i++)
        if (CPU_ISSET(i, &all) && left-- <= 0)
            CPU_CLR(i, &all);
    sched_setaffinity(0, sizeof(all), &all);
}

int
main(int argc, char **argv)
{
    bench_begin(argc, argv);
    take_processors();
    bench("pthread", "spawn_batch100", spawn_batch100, 100);
    bench("pthread", "spawn_seq_wg", spawn_seq, 1);
    return 0;
}
