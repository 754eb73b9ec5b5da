/** @file switch-cost.c  Who does the work of a switch?
 *
 * Two coroutines hand the turn to and fro, then two threads on one processor
 * do. The kernel counts its own switches. (What each costs: make bench.)
 */
#include <goroutine.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include "claim.h"

enum { N = 20000 };

static void
yields(void *arg)
{
    for (;;)
        go_coro_yield(arg);
}

static long
switches_of_the_kernel(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nvcsw + usage.ru_nivcsw;
}

static void *
other_thread(void *arg)
{
    for (int i = 0; i < N; i++)
        sched_yield();
    return arg;
}

int
main(void)
{
    struct go_coro *co = go_coro_new(yields, NULL);
    cpu_set_t one;
    pthread_t thread;
    long start, ours, theirs;

    if (co == NULL) {
        perror("go_coro_new");
        return 1;
    }
    start = switches_of_the_kernel();
    for (int i = 0; i < N; i++)
        go_coro_resume(co);
    ours = switches_of_the_kernel() - start;

    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    sched_setaffinity(0, sizeof(one), &one);    // the second thread inherits it
    start = switches_of_the_kernel();
    if (pthread_create(&thread, NULL, other_thread, NULL) != 0)
        return 1;
    other_thread(NULL);
    pthread_join(thread, NULL);
    theirs = switches_of_the_kernel() - start;

    verdict("1.24", theirs > N && ours < N / 100 ? "true" : "false",
            "the kernel counts every switch of theirs, and none of ours");
    go_coro_free(co);
    return 0;
}
