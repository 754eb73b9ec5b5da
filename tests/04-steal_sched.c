/** @file 04-steal_sched.c  Goroutines spread over all p's, and none waits for
 * ever.
 *
 * One scenario a process: 04-steal_sched NAME. CHECK_SHARE says how many percent
 * of the work to do, on machines that are slow.
 */
#include <dirent.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "schedt.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); \
    fflush(stdout); _exit(1); } } while (0)

#define LOAD(p)     __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define STORE(p, v) __atomic_store_n(p, v, __ATOMIC_SEQ_CST)
#define ADD(p, v)   __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST)

static int
share(int n)
{
    const char *percent = getenv("CHECK_SHARE");

    n = percent != NULL ? n * atoi(percent) / 100 : n;
    return n < 1 ? 1 : n;
}

// ---- Order -----------------------------------------------------------------

static void
notes(int *order, int *n, int i)
{
    order[ADD(n, 1)] = i;
}

// Go prints 9 0 1 2 3 4 5 6 7 8: who was started last runs next.
static int
last_first(void)
{
    struct go_waitgroup wg = { 0 };
    int got[10], n = 0;

    go_gomaxprocs(1);
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, notes, got, &n, i);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < 10; i++) {
        REQUIRE(got[i] == (i + 9) % 10);
        printf("%d%c", got[i], i < 9 ? ' ' : '\n');
    }
    return 0;
}

// Far more than a ring holds: each runs once.
static void
counts(int *times)
{
    ADD(times, 1);
}

static int
very_many(void)
{
    const int n = share(20000);
    int *times = calloc((size_t)n, sizeof(*times));

    for (int procs = 1; procs <= 4; procs++) {
        struct go_waitgroup wg = { 0 };

        go_gomaxprocs(procs);
        for (int i = 0; i < n; i++)
            go_waitgroup_go(&wg, counts, &times[i]);
        go_waitgroup_wait(&wg);
        for (int i = 0; i < n; i++)
            REQUIRE(times[i] == procs);
    }
    free(times);
    return 0;
}

// ---- Everybody comes to a turn ---------------------------------------------

static struct go_waitgroup ball[2];

static void
plays(int me, long *turns, int *end)
{
    while (!LOAD(end)) {
        go_waitgroup_wait(&ball[me]);
        go_waitgroup_add(&ball[me], 1);
        ADD(turns, 1);
        go_waitgroup_done(&ball[!me]);
    }
}

static void
yields(long *turns, int *end)
{
    while (!LOAD(end)) {
        ADD(turns, 1);
        go_gosched();
    }
}

static void
readies_itself_a_turn(struct go_waitgroup *in, struct go_waitgroup *out, long *turns,
                      int *end)
{
    while (!LOAD(end)) {
        go_waitgroup_wait(in);
        go_waitgroup_add(in, 1);
        ADD(turns, 1);
        go_waitgroup_done(out);
    }
}

// T33. Two that ready one another share one slice; two pairs on one p, and one
// that yields, all go on. Nobody has less than a hundredth of another's turns.
static int
ping_pong_hog(void)
{
    struct go_waitgroup wg = { 0 }, ring[2] = { { 0 } };
    long turns[3] = { 0 };
    int end = 0;

    go_gomaxprocs(1);
    go_waitgroup_add(&ball[1], 1);
    go_waitgroup_go(&wg, plays, 0, &turns[0], &end);
    go_waitgroup_go(&wg, plays, 1, &turns[0], &end);
    go_waitgroup_add(&ring[1], 1);
    go_waitgroup_go(&wg, readies_itself_a_turn, &ring[0], &ring[1], &turns[1], &end);
    go_waitgroup_go(&wg, readies_itself_a_turn, &ring[1], &ring[0], &turns[1], &end);
    go_waitgroup_go(&wg, yields, &turns[2], &end);
    while (LOAD(&turns[0]) + LOAD(&turns[1]) + LOAD(&turns[2]) < share(300000))
        go_gosched();
    STORE(&end, 1);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            REQUIRE(turns[i] > turns[k] / 100);
    return 0;
}

// On one p those who yield take turns, whether a ring holds them or not.
static void
yields_counted(int *turns, int n)
{
    for (int i = 0; i < n; i++) {
        ADD(turns, 1);
        go_gosched();
    }
}

static int
yield_in_turn(void)
{
    enum { MOST = 1000, TURNS = 20 };
    static int turns[MOST];

    go_gomaxprocs(1);
    for (int n = 2; n <= share(MOST); n = n * 3 + 1) {
        struct go_waitgroup wg = { 0 };

        memset(turns, 0, sizeof(turns));
        for (int i = 0; i < n; i++)
            go_waitgroup_go(&wg, yields_counted, &turns[i], TURNS);
        while (LOAD(&turns[0]) < TURNS) {
            go_gosched();

            int least = TURNS, most = 0;

            for (int i = 0; i < n; i++) {
                const int t = LOAD(&turns[i]);

                least = t < least ? t : least;
                most = t > most ? t : most;
            }
            REQUIRE(most - least <= 1);
        }
        go_waitgroup_wait(&wg);
    }
    return 0;
}

// ---- All p's work ----------------------------------------------------------

// Each computes until all have begun: that takes as many threads.
static void
meets(int *arrived, int all)
{
    ADD(arrived, 1);
    while (LOAD(arrived) < all)
        sched_yield();
}

static int
all_work(void)
{
    for (int procs = 2; procs <= 64; procs *= 2) {
        go_gomaxprocs(procs);
        for (int round = 0; round < share(10); round++) {
            struct go_waitgroup wg = { 0 };
            int arrived = 0;

            for (int i = 0; i < procs; i++)
                go_waitgroup_go(&wg, meets, &arrived, procs);
            go_waitgroup_wait(&wg);
            REQUIRE(arrived == procs);
        }
    }
    return 0;
}

static void
sets(int *flag)
{
    STORE(flag, 1);
}

static void
nothing(void)
{
}

// One that readies several and then computes: they are run by others. After
// times of rest of many lengths, so that an m falls asleep in each moment.
static int
none_is_lost(void)
{
    for (int procs = 2; procs <= 8; procs *= 2) {
        go_gomaxprocs(procs);
        for (int round = 0; round < share(3000); round++) {
            int flag = 0;

            go(sets, &flag);
            go(nothing);
            while (!LOAD(&flag))
                sched_yield();
            for (int i = 0; i < round % 50; i++)
                sched_yield();
        }
    }
    return 0;
}

// A chain over all p's: each readies the next and one more, and ends.
static void
chain(int left, struct go_waitgroup *wg)
{
    if (left == 0)
        return;
    go_waitgroup_go(wg, nothing);
    go_waitgroup_go(wg, chain, left - 1, wg);
}

static int
chains(void)
{
    for (int procs = 1; procs <= 64; procs *= 4) {
        struct go_waitgroup wg = { 0 };

        go_gomaxprocs(procs);
        for (int i = 0; i < 8; i++)
            go_waitgroup_go(&wg, chain, share(2000), &wg);
        go_waitgroup_wait(&wg);
        // The last done may be a moment ahead of the last end.
        while (go_num_goroutine() > 1)
            go_gosched();
    }
    return 0;
}

// ---- Rest ------------------------------------------------------------------

// How often the threads of this process have gone to sleep.
static long
sleeps(void)
{
    DIR *tasks = opendir("/proc/self/task");
    long sum = 0;

    for (struct dirent *task; (task = readdir(tasks)) != NULL;) {
        char path[300], line[256];
        long n;

        snprintf(path, sizeof(path), "/proc/self/task/%s/status", task->d_name);

        FILE *file = fopen(path, "r");

        while (file != NULL && fgets(line, sizeof(line), file) != NULL)
            if (sscanf(line, "voluntary_ctxt_switches: %ld", &n) == 1)
                sum += n;
        if (file != NULL)
            fclose(file);
    }
    closedir(tasks);
    return sum;
}

// A goroutine waits in a call of the kernel, and nothing is ready: no thread
// wakes up, once all have seen it.
static int
rests(void)
{
    struct go_waitgroup wg = { 0 };
    const struct timespec second = { .tv_sec = 1 };

    go_gomaxprocs(4);
    for (int i = 0; i < 100; i++)
        go_waitgroup_go(&wg, nothing);
    go_waitgroup_wait(&wg);
    nanosleep(&second, NULL);
    for (int tries = 0;; tries++) {
        const long before = sleeps();

        nanosleep(&second, NULL);
        nanosleep(&second, NULL);
        // Our own two, and two for the two seconds.
        if (sleeps() - before <= 4)
            break;
        // Threads may have come late to their rest, on a busy machine.
        REQUIRE(tries < 5);
    }
    // And all are there when there is work again.
    int flag = 0;

    go(sets, &flag);
    while (!LOAD(&flag))
        sched_yield();
    return 0;
}

// Something for schedtrace to show, until it has done so a few times.
static void
lives(int *end)
{
    go_lock_os_thread();
    while (!LOAD(end))
        go_gosched();
}

static int
is_traced(void)
{
    const struct timespec moment = { .tv_nsec = 1000000 };
    struct sched *s = run_active();
    struct go_waitgroup wg = { 0 }, gate = { 0 };
    int end = 0;

    go_waitgroup_add(&gate, 1);
    go_waitgroup_go(&wg, lives, &end);
    go_waitgroup_go(&wg, go_waitgroup_wait, &gate);
    go_waitgroup_go(&wg, go_waitgroup_wait, &gate);
    go_gosched();
    for (int lines = 0; lines < 4; lines++)
        for (int64_t was = atomic_load_relaxed(&s->traced);
             atomic_load_relaxed(&s->traced) == was;)
            nanosleep(&moment, NULL);
    STORE(&end, 1);
    go_waitgroup_done(&gate);
    go_waitgroup_wait(&wg);
    return 0;
}

static const struct {
    const char *name;
    int (*fn)(void);
} scenarios[] = {
    { "last-first", last_first },
    { "very-many", very_many },
    { "ping-pong-hog", ping_pong_hog },
    { "yield-in-turn", yield_in_turn },
    { "all-work", all_work },
    { "none-is-lost", none_is_lost },
    { "chains", chains },
    { "rests", rests },
    { "is-traced", is_traced },
};

static int
go_main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc > 1 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "04-steal_sched: which scenario?\n");
    return 2;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
