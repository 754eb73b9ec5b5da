/** @file price.c  What does a goroutine take to begin: one whose g was used
 * before, one that is new, and a thread? And what are its arguments?
 */
#include <dirent.h>
#include <pthread.h>
#include <sys/resource.h>
#include <time.h>

#include "../01-context/claim.h"
#include "runtime.h"

enum { N = 1000, PASSES = 5 };

static struct go_waitgroup gate;
static struct g *got;
static long argument;

static int64_t
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long
page_faults(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
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

static void
waits(void)
{
    go_waitgroup_wait(&gate);
}

static void
does_nothing(void)
{
}

static void *
thread_does_nothing(void *arg)
{
    return arg;
}

static void
takes(long value)
{
    got = getg();
    argument = value;
}

// ns to make, run and end one goroutine whose g has been used before.
static int64_t
used_before(long *faults)
{
    int64_t least = INT64_MAX;

    for (int pass = 0; pass < PASSES; pass++) {
        struct go_waitgroup wg = {0};
        const long before = page_faults();
        const int64_t start = now();

        for (int i = 0; i < N; i++)
            go_waitgroup_go(&wg, does_nothing);
        go_waitgroup_wait(&wg);

        const int64_t ns = (now() - start) / N;

        // The first pass makes them.
        if (pass > 0 && ns < least) {
            least = ns;
            *faults = page_faults() - before;
        }
    }
    return least;
}

// ns to make one while all the others are alive: each needs a new stack.
static int64_t
quite_new(struct go_waitgroup *all, long *faults)
{
    int64_t least = INT64_MAX;

    for (int pass = 0; pass < PASSES; pass++) {
        const long before = page_faults();
        const int64_t start = now();

        for (int i = 0; i < N; i++)
            go_waitgroup_go(all, waits);

        const int64_t ns = (now() - start) / N;

        // The first pass takes those that were used before.
        if (pass > 0 && ns < least) {
            least = ns;
            *faults = page_faults() - before;
        }
        go_gosched();
    }
    return least;
}

static int64_t
thread(void)
{
    int64_t least = INT64_MAX;

    for (int i = 0; i < 100; i++) {
        const int64_t start = now();
        pthread_t id;

        if (pthread_create(&id, NULL, thread_does_nothing, NULL) != 0)
            return 0;
        pthread_join(id, NULL);
        if (now() - start < least)
            least = now() - start;
    }
    return least;
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0}, one = {0};
    long old_faults = 0, new_faults = 0;
    char text[100];

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_go(&one, takes, 4711L);
    go_waitgroup_wait(&one);

    const bool in_g = argument == 4711 && got->args[0] == 4711;
    const int64_t old_one = used_before(&old_faults);

    go_waitgroup_add(&gate, 1);

    const int64_t new_one = quite_new(&all, &new_faults);
    const int64_t a_thread = thread();

    go_waitgroup_done(&gate);
    go_waitgroup_wait(&all);

    const int on_one = threads();

    go_gomaxprocs(3);
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&all, go_gosched);
    go_waitgroup_wait(&all);

    snprintf(text, sizeof(text), "two prices: %lld ns if its g was used"
             " before, %lld ns if all is new", (long long)old_one,
             (long long)new_one);
    verdict("3.45 3.55", new_one > 2 * old_one ? "half true" : "true", text);
    snprintf(text, sizeof(text), "page faults of 1,000 new ones: %ld; of"
             " 1,000 used ones: %ld", new_faults, old_faults);
    verdict("3.46", new_faults >= N / 4 && old_faults < N / 10 ? "half true"
            : "true", text);
    verdict("3.49", old_one < new_one ? "true" : "false",
            "even with beginning and running it takes less");
    snprintf(text, sizeof(text), "a thread takes %lld ns, a goroutine %lld",
             (long long)a_thread, (long long)old_one);
    verdict("3.68 3.69", a_thread > 5 * old_one ? "true" : "false", text);
    snprintf(text, sizeof(text), "%d threads with one p, %d with three",
             on_one, threads());
    verdict("3.44 3.103", threads() > on_one ? "true" : "false", text);
    verdict("3.104", in_g ? "true" : "false",
            "in Go newproc; in ours go_start_at, which go() becomes");
    verdict("3.105", in_g ? "outdated" : "true",
            "since Go 1.18 it is newproc1(fn, callergp, callerpc): arguments"
            " travel in fn; ours lie in the g");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
