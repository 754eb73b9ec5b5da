/** @file 07-sync_bench_pthread.c  Some of the same workloads, by threads of the
 * kernel. They get as many processors as goroutines do.
 *
 * A process that has only one thread would get cheaper mutexes of the C library:
 * so there is always another one, which sleeps.
 *
 * Procs: 1 2
 */
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <unistd.h>

#include "bench.h"

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t cond[2] = { PTHREAD_COND_INITIALIZER,
                                  PTHREAD_COND_INITIALIZER };
static pthread_once_t once = PTHREAD_ONCE_INIT;
static long counter, each;
static int turn;

static void
mutex_unc(long n)
{
    for (long i = 0; i < n; i++) {
        pthread_mutex_lock(&mu);
        counter++;
        pthread_mutex_unlock(&mu);
    }
}

static void *
locks(void *arg)
{
    mutex_unc(each);
    return arg;
}

static void
run(int count, void *(*fn)(void *))
{
    static const int number[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    pthread_t thread[8];

    for (int i = 0; i < count; i++)
        if (pthread_create(&thread[i], NULL, fn, (void *)&number[i]) != 0)
            abort();
    for (int i = 0; i < count; i++)
        pthread_join(thread[i], NULL);
}

static void
mutex_cont8(long n)
{
    each = n / 8 + 1;
    run(8, locks);
}

static void
rw_rlock_unc(long n)
{
    for (long i = 0; i < n; i++) {
        pthread_rwlock_rdlock(&rw);
        pthread_rwlock_unlock(&rw);
    }
}

static void
rw_lock_unc(long n)
{
    for (long i = 0; i < n; i++) {
        pthread_rwlock_wrlock(&rw);
        pthread_rwlock_unlock(&rw);
    }
}

static void
nothing(void)
{
}

static void
once_done(long n)
{
    for (long i = 0; i < n; i++)
        pthread_once(&once, nothing);
}

static void *
plays(void *arg)
{
    const int me = *(const int *)arg;

    pthread_mutex_lock(&mu);
    for (long i = 0; i < each; i++) {
        while (turn != me)
            pthread_cond_wait(&cond[me], &mu);
        turn = !me;
        pthread_cond_signal(&cond[!me]);
    }
    pthread_mutex_unlock(&mu);
    return arg;
}

static void
cond_pingpong(long n)
{
    each = n;
    run(2, plays);
}

static void
sema_unc(long n)
{
    sem_t s;

    sem_init(&s, 0, 0);
    for (long i = 0; i < n; i++) {
        sem_post(&s);
        sem_wait(&s);
    }
    sem_destroy(&s);
}

static void *
sleeps(void *arg)
{
    for (;;)
        pause();
    return arg;
}

int
main(int argc, char **argv)
{
    const char *us = "pthread";
    pthread_t other;
    cpu_set_t set;

    bench_begin(argc, argv);
    CPU_ZERO(&set);
    for (int i = 0; i < bench_procs; i++)
        CPU_SET(i, &set);
    sched_setaffinity(0, sizeof(set), &set);
    if (pthread_create(&other, NULL, sleeps, NULL) != 0)
        abort();
    bench(us, "mutex_unc", mutex_unc, 1);
    bench(us, "mutex_cont8", mutex_cont8, 1);
    bench(us, "rw_rlock_unc", rw_rlock_unc, 1);
    bench(us, "rw_lock_unc", rw_lock_unc, 1);
    bench(us, "once_done", once_done, 1);
    bench(us, "cond_pingpong", cond_pingpong, 1);
    bench(us, "sema_unc", sema_unc, 1);
    return 0;
}
