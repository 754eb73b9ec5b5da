/** @file processors.c  What does GOMAXPROCS change? */
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

#include "../01-context/claim.h"
#include "schedt.h"

enum { MANY = 64 };

static ATOMIC(int) inside, most;
static sem_t permits;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static int64_t
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

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

// Compute, until `want` are at it at once, or for so long. No scheduling point.
static void
computes(int want, int ms)
{
    const int64_t end = now() + ms * 1000000LL;
    int n = atomic_add(&inside, 1);

    do {
        if (n > atomic_load(&most))
            atomic_store(&most, n);
        n = atomic_load(&inside);
    } while (n < want && atomic_load(&most) < want && now() < end);
    atomic_add(&inside, -1);
}

// The most goroutines that compute at once, with n p's.
static int
at_once(int n, int want, int ms)
{
    struct go_waitgroup wg = {0};

    go_gomaxprocs(n);
    atomic_store(&most, 0);
    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, computes, want, ms);
    go_waitgroup_wait(&wg);
    return atomic_load(&most);
}

static void
yields(void)
{
    for (int i = 0; i < 100; i++)
        go_gosched();
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};
    char text[100];

    (void)argc;
    (void)argv;

    // As it was at the start: this thread may use one processor only.
    const int at_start = go_gomaxprocs(0);

    const int with_one = at_once(1, 2, 1), with_two = at_once(2, 2, 5000);

    snprintf(text, sizeof(text), "at most %d at once with one p, %d with two",
             with_one, with_two);

    const bool limits = with_one == 1 && with_two == 2;

    verdict("3.86 3.87 3.93", is(limits), text);
    verdict("3.94 3.109 3.110", is(limits), text);
    snprintf(text, sizeof(text), "GOMAXPROCS is %d for who may use one"
             " processor; since Go 1.25 a control group's limit counts, too",
             at_start);
    verdict("3.95 3.77", at_start == 1 ? "outdated" : "false", text);

    struct sched *s = getg()->m->sched;

    go_gomaxprocs(1);
    go_gomaxprocs(8);

    const int now_there = s->procs;

    for (int i = 0; i < MANY; i++)
        go_waitgroup_go(&wg, yields);
    go_waitgroup_wait(&wg);

    const int with_eight = threads();
    int idle = 0;

    go_gomaxprocs(1);
    for (int i = 1; i < 8; i++)
        idle += s->p[i].status == P_STOPPED;

    verdict("3.24 3.96 3.111", is(now_there == 8 && s->procs == 1),
            "as many p's as the call says, at once");
    verdict("3.112", is(now_there == 8),
            "and those with something in their queue get a thread");
    verdict("3.113", idle == 7 && s->procs == 1 ? "half true" : "false",
            "their goroutines go there; the p's stay, for the next change");
    snprintf(text, sizeof(text), "%d threads with eight p's, and %d with one"
             " again: none is ever taken away", with_eight, threads());
    verdict("3.13", threads() >= with_eight && with_eight > 1 ? "half true"
            : "false", text);
    verdict("3.97", at_start == 1 ? "half true" : "false",
            "since Go 1.25 it is set for a container already");
    return 0;
}

// ---- The same limit, without a p -------------------------------------------

static void *
enters(void *arg)
{
    sem_wait(&permits);
    computes(3, 5);
    sem_post(&permits);
    return arg;
}

int
main(int argc, char **argv)
{
    pthread_t thread[6];
    cpu_set_t all, one;

    sem_init(&permits, 0, 2);
    for (int i = 0; i < 6; i++)
        if (pthread_create(&thread[i], NULL, enters, NULL) != 0)
            return 1;
    for (int i = 0; i < 6; i++)
        pthread_join(thread[i], NULL);
    verdict("3.88", atomic_load(&most) <= 2 ? "false" : "true",
            "two permits, and of six threads never more than two compute: a"
            " limit needs no p; queues without one lock for all do");

    sched_getaffinity(0, sizeof(all), &all);
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    sched_setaffinity(0, sizeof(one), &one);

    return go_run(go_main, argc, argv);
}
