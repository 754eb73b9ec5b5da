/** @file with-lock.c  A pthread mutex, held for longer than a time slice. */
#include <goroutine.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile bool runs, enabled, ended;
static const char *when;

static void
computes_for(long ns)
{
    struct timespec begin, now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    do {
        for (volatile int i = 0; i < 10000; i++)
            continue;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    } while ((now.tv_sec - begin.tv_sec) * 1000000000 + now.tv_nsec - begin.tv_nsec < ns);
}

static void
first(void)
{
    go_preempt_disable();
    pthread_mutex_lock(&lock);
    runs = true;
    computes_for(12000000);
    pthread_mutex_unlock(&lock);
    enabled = true;
    go_preempt_enable();
    computes_for(12000000);
    ended = true;
}

static void
second(void)
{
    while (!runs)
        go_gosched();
    when = ended   ? "when the first one has ended"
         : enabled ? "after the first one has enabled preemption again"
                   : "while the first one computes";
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup both = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_go(&both, second);
    go_waitgroup_go(&both, first);
    go_waitgroup_wait(&both);
    printf("%s\n", when);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
