/** @file ring-cost.c  What it costs to put a goroutine into a ring and to take
 * it, to steal, and to wake a thread, in ns. Looks behind goroutine.h.
 *
 * The least of all passes is told; of waking, the middle one.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "schedt.h"
#include "world.h"

enum { N = 200, PASSES = 2000, WAKES = 101, HALF = RUNQ_SIZE / 2 };

static struct runq mine, theirs;
static struct sched *s;
static struct g item[RUNQ_SIZE];
static ATOMIC(uint32_t) word;
static ATOMIC(long) woken_at;

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void
keep_least(double *least, double ns)
{
    if (*least == 0 || ns < *least)
        *least = ns;
}

// ---- Rings -----------------------------------------------------------------

static void
turns(bool alone, double *least)
{
    mine.alone = alone;

    double start = now();

    for (int i = 0; i < N; i++) {
        runq_put(&mine, &item[i % RUNQ_SIZE]);
        runq_get(&mine);
    }
    keep_least(least, (now() - start) / N);
    mine.alone = false;
}

static void
locked_turns(double *least)
{
    double start = now();

    for (int i = 0; i < N; i++) {
        struct g *gp = &item[i % RUNQ_SIZE];

        lock(&s->lock);
        sched_put(s, gp, gp, 1);
        unlock(&s->lock);
        lock(&s->lock);
        sched_get_one(s);
        unlock(&s->lock);
    }
    keep_least(least, (now() - start) / N);
}

static void
steals(double *least)
{
    for (int i = 0; i < RUNQ_SIZE; i++)
        runq_put(&mine, &item[i]);

    double start = now();

    runq_steal(&theirs, &mine);
    keep_least(least, now() - start);
    while (runq_get(&mine) != NULL || runq_get(&theirs) != NULL)
        ;
}

// ---- A thread that sleeps --------------------------------------------------

static void *
sleeps(void *arg)
{
    (void)arg;
    for (unsigned i = 0; i < WAKES; i++) {
        while (atomic_load(&word) == i)
            world.futex_wait(&word.atomic_value, i, -1);
        atomic_store(&woken_at, (long)now());
    }
    return NULL;
}

static int
compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double
wake(void)
{
    static double ns[WAKES];
    const struct timespec a_while = { .tv_nsec = 500000 };
    pthread_t thread;

    pthread_create(&thread, NULL, sleeps, NULL);
    for (unsigned i = 0; i < WAKES; i++) {
        nanosleep(&a_while, NULL);
        atomic_store(&woken_at, 0);

        double start = now();

        atomic_store(&word, i + 1);
        world.futex_wake(&word.atomic_value, 1);
        while (atomic_load(&woken_at) == 0)
            ;
        ns[i] = (double)atomic_load(&woken_at) - start;
    }
    pthread_join(thread, NULL);
    qsort(ns, WAKES, sizeof(ns[0]), compare);
    return ns[WAKES / 2];
}

static int
go_main(int argc, char **argv)
{
    double ring = 0, alone = 0, locked = 0, steal = 0;

    (void)argc;
    (void)argv;
    s = world.map(sizeof(*s));
    for (int i = 0; i < PASSES; i++) {
        turns(false, &ring);
        turns(true, &alone);
        locked_turns(&locked);
        steals(&steal);
    }
    printf("ring %.1f\n", ring);
    printf("alone %.1f\n", alone);
    printf("locked %.1f\n", locked);
    printf("steal %.1f\n", steal);
    printf("each %.1f\n", steal / HALF);
    return 0;
}

int
main(int argc, char **argv)
{
    int value = go_run(go_main, argc, argv);

    printf("wake %.0f\n", wake());
    return value;
}
