/** @file how-many.c  What memory do a goroutine and a thread take that wait, and
 * how many of each are possible here?
 */
#include <goroutine.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>

enum { GOROUTINES = 20000, THREADS = 1000 };

static struct go_waitgroup all_wait, gate, all;
static sem_t waits_too, end;

// A line of a file of /proc, in KiB; 0 if it is not there.
static long
kib(const char *path, const char *what)
{
    FILE *file = fopen(path, "r");
    char line[256];
    long n = 0;

    while (file != NULL && fgets(line, sizeof(line), file) != NULL)
        if (strncmp(line, what, strlen(what)) == 0)
            sscanf(line + strlen(what), ": %ld", &n);
    if (file != NULL)
        fclose(file);
    return n;
}

// Of this process, page tables included; and the stacks in the kernel.
static long
memory(void)
{
    return kib("/proc/self/status", "VmRSS") + kib("/proc/self/status", "VmPTE") +
           kib("/proc/meminfo", "KernelStack");
}

static void
waits(void)
{
    go_waitgroup_done(&all_wait);
    go_waitgroup_wait(&gate);
}

static int
go_main(int argc, char **argv)
{
    const long before = memory();

    (void)argc;
    (void)argv;
    go_waitgroup_add(&all_wait, GOROUTINES);
    go_waitgroup_add(&gate, 1);
    for (int i = 0; i < GOROUTINES; i++)
        go_waitgroup_go(&all, waits);
    go_waitgroup_wait(&all_wait);

    const long bytes = (memory() - before) * 1024 / GOROUTINES;

    go_waitgroup_done(&gate);
    go_waitgroup_wait(&all);
    printf("goroutine-bytes %ld\n", bytes);
    printf("goroutines %ld\n", kib("/proc/meminfo", "MemTotal") * 1024 / bytes);
    return 0;
}

static void *
thread_waits(void *arg)
{
    sem_post(&waits_too);
    sem_wait(&end);
    return arg;
}

static long
number_in(const char *path)
{
    FILE *file = fopen(path, "r");
    long n = 0;

    if (file != NULL && fscanf(file, "%ld", &n) != 1)
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

int
main(int argc, char **argv)
{
    static pthread_t thread[THREADS];
    const long before = memory();
    int n = 0;

    sem_init(&waits_too, 0, 0);
    sem_init(&end, 0, 0);
    while (n < THREADS && pthread_create(&thread[n], NULL, thread_waits, NULL) == 0)
        n++;
    for (int i = 0; i < n; i++)
        sem_wait(&waits_too);

    const long bytes = n > 0 ? (memory() - before) * 1024 / n : 0;

    for (int i = 0; i < n; i++)
        sem_post(&end);
    for (int i = 0; i < n; i++)
        pthread_join(thread[i], NULL);
    printf("thread-bytes %ld\n", bytes);
    printf("threads %ld\n", threads_max());
    return go_run(go_main, argc, argv);
}
