/** @file 07-sync_bench.c  What mutual exclusion and waiting cost.
 *
 * mutex_unc          lock and unlock, by one goroutine, ns for both
 * mutex_apart        the same by two goroutines, each with a mutex of its own, ns
 *                    for one time of both
 * mutex_cont8        by 8 goroutines and one mutex, ns for each time
 * mutex_cont8_work   with 50 multiplications inside, and 50 outside
 * mutex_sleep        two goroutines that let others run while they have it, so
 *                    that each lock sleeps and is woken, ns each
 * mutex_seldom       how long one waits who comes seldom, while another has it for
 *                    100 us at a time and takes it again at once; us
 * rw_rlock_unc       rlock and runlock, by one goroutine
 * rw_lock_unc        lock and unlock of the same
 * rw_mostly8         8 goroutines, one time of a hundred for writing
 * wg_add_done        add and done
 * wg_wait            a goroutine is started, counted and waited for
 * once_done          what has been done already
 * cond_pingpong      two goroutines that signal each other, ns a round trip
 * sema_unc           release and acquire
 * sema_pingpong      two goroutines, two semaphores, ns a round trip
 * sema_table1        the same while 1 goroutine, or 4,000, each wait for another
 * sema_table4000     semaphore that stands in the same root of the table
 *
 * Procs: 1 2
 */
#include "bench.h"
#include "goroutine.h"

static const char *us = "libgoroutine";

static unsigned
work(int k)
{
    unsigned x = 1;

    for (int i = 0; i < k; i++)
        x = x * 1664525 + 1013904223;
    return x;
}

static volatile unsigned sink;
static struct go_mutex mu;
static struct go_rwmutex rw;
static long counter;

// ---- Mutexes ---------------------------------------------------------------

static void
mutex_unc(long n)
{
    for (long i = 0; i < n; i++) {
        go_mutex_lock(&mu);
        counter++;
        go_mutex_unlock(&mu);
    }
}

static struct {
    _Alignas(128) struct go_mutex mu;
    long counter;
} own[2];

static void
locks_own(int who, long n)
{
    for (long i = 0; i < n; i++) {
        go_mutex_lock(&own[who].mu);
        own[who].counter++;
        go_mutex_unlock(&own[who].mu);
    }
}

static void
mutex_apart(long n)
{
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 2; i++)
        go_waitgroup_go(&wg, locks_own, i, n);
    go_waitgroup_wait(&wg);
}

static void
eight(void (*fn)(long n), long n)
{
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, fn, n / 8 + 1);
    go_waitgroup_wait(&wg);
}

static void
mutex_cont8(long n)
{
    eight(mutex_unc, n);
}

static void
with_work(long n)
{
    unsigned sum = 0;

    for (long i = 0; i < n; i++) {
        go_mutex_lock(&mu);
        counter++;
        sum += work(50);
        go_mutex_unlock(&mu);
        sum += work(50);
    }
    sink = sum;
}

static void
mutex_cont8_work(long n)
{
    eight(with_work, n);
}

static void
yields(long n)
{
    for (long i = 0; i < n; i++) {
        go_mutex_lock(&mu);
        go_gosched();
        go_mutex_unlock(&mu);
    }
}

static void
mutex_sleep(long n)
{
    struct go_waitgroup wg = {0};

    go_waitgroup_go(&wg, yields, n / 2 + 1);
    go_waitgroup_go(&wg, yields, n / 2 + 1);
    go_waitgroup_wait(&wg);
}

static double hog_until;

static void
hogs(void)
{
    while (bench_seconds() < hog_until) {
        const double end = bench_seconds() + 100e-6;

        go_mutex_lock(&mu);
        while (bench_seconds() < end)
            ;
        go_mutex_unlock(&mu);
    }
}

// The other one ends after a third of a second: without starvation mode it might
// take longer to have it once.
static void
mutex_seldom(void)
{
    if (!bench_wants("mutex_seldom"))
        return;
    for (int round = 0; round < 5; round++) {
        struct go_waitgroup wg = {0};
        double waited = 0;
        int times = 0;

        hog_until = bench_seconds() + 0.3;
        go_waitgroup_go(&wg, hogs);
        while (bench_seconds() < hog_until) {
            const double next = bench_seconds() + 100e-6;
            double start;

            while (bench_seconds() < next)
                go_gosched();
            start = bench_seconds();
            go_mutex_lock(&mu);
            waited += bench_seconds() - start;
            times++;
            go_mutex_unlock(&mu);
        }
        go_waitgroup_wait(&wg);
        bench_result(us, "mutex_seldom", "us", waited / times * 1e6);
    }
}

static void
rw_rlock_unc(long n)
{
    for (long i = 0; i < n; i++) {
        go_rwmutex_rlock(&rw);
        go_rwmutex_runlock(&rw);
    }
}

static void
rw_lock_unc(long n)
{
    for (long i = 0; i < n; i++) {
        go_rwmutex_lock(&rw);
        go_rwmutex_unlock(&rw);
    }
}

static void
mostly_reads(long n)
{
    unsigned sum = 0;

    for (long i = 0; i < n; i++) {
        if (i % 100 == 99) {
            go_rwmutex_lock(&rw);
            counter++;
            go_rwmutex_unlock(&rw);
        } else {
            go_rwmutex_rlock(&rw);
            sum += (unsigned)counter;
            go_rwmutex_runlock(&rw);
        }
    }
    sink = sum;
}

static void
rw_mostly8(long n)
{
    eight(mostly_reads, n);
}

// ---- Others ----------------------------------------------------------------

static void
wg_add_done(long n)
{
    struct go_waitgroup wg = {0};

    for (long i = 0; i < n; i++) {
        go_waitgroup_add(&wg, 1);
        go_waitgroup_done(&wg);
    }
}

static void
nothing(void)
{
}

static void
wg_wait(long n)
{
    for (long i = 0; i < n; i++) {
        struct go_waitgroup wg = {0};

        go_waitgroup_go(&wg, nothing);
        go_waitgroup_wait(&wg);
    }
}

static void
once_done(long n)
{
    struct go_once once = {0};

    for (long i = 0; i < n; i++)
        go_once_do(&once, nothing);
}

static struct go_cond cond;
static int turn;

static void
plays(int me, long n)
{
    go_mutex_lock(&mu);
    for (long i = 0; i < n; i++) {
        while (turn != me)
            go_cond_wait(&cond, &mu);
        turn = !me;
        go_cond_signal(&cond);
    }
    go_mutex_unlock(&mu);
}

static void
cond_pingpong(long n)
{
    struct go_waitgroup wg = {0};

    go_waitgroup_go(&wg, plays, 0, n);
    go_waitgroup_go(&wg, plays, 1, n);
    go_waitgroup_wait(&wg);
}

static void
sema_unc(long n)
{
    struct go_sema s = {0};

    for (long i = 0; i < n; i++) {
        go_sema_release(&s);
        go_sema_acquire(&s);
    }
}

static void
answers(struct go_sema *ask, struct go_sema *answer, long n)
{
    for (long i = 0; i < n; i++) {
        go_sema_acquire(ask);
        go_sema_release(answer);
    }
}

static void
pingpong(struct go_sema *ask, struct go_sema *answer, long n)
{
    struct go_waitgroup wg = {0};

    go_waitgroup_go(&wg, answers, ask, answer, n);
    for (long i = 0; i < n; i++) {
        go_sema_release(ask);
        go_sema_acquire(answer);
    }
    go_waitgroup_wait(&wg);
}

static void
sema_pingpong(long n)
{
    struct go_sema s[2] = {{0}};

    pingpong(&s[0], &s[1], n);
}

enum {
    ROOTS = 251,                // lib/07-sync/semaroot.h
    APART = ROOTS * 8 / sizeof(struct go_sema),     // so that they share a root
    MOST = 4001,
};

static struct go_sema table[(MOST + 1) * APART];

static void
waits_there(int i)
{
    go_sema_acquire(&table[i * APART]);
}

static void
sema_table(int count, long n)
{
    static int there;

    for (; there < count; there++)
        go(waits_there, there + 2);
    go_gosched();
    pingpong(&table[0], &table[APART], n);
}

static void
sema_table1(long n)
{
    sema_table(1, n);
}

static void
sema_table4000(long n)
{
    sema_table(MOST - 2, n);
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    bench(us, "mutex_unc", mutex_unc, 1);
    bench(us, "mutex_apart", mutex_apart, 1);
    bench(us, "mutex_cont8", mutex_cont8, 1);
    bench(us, "mutex_cont8_work", mutex_cont8_work, 1);
    bench(us, "mutex_sleep", mutex_sleep, 1);
    mutex_seldom();
    bench(us, "rw_rlock_unc", rw_rlock_unc, 1);
    bench(us, "rw_lock_unc", rw_lock_unc, 1);
    bench(us, "rw_mostly8", rw_mostly8, 1);
    bench(us, "wg_add_done", wg_add_done, 1);
    bench(us, "wg_wait", wg_wait, 1);
    bench(us, "once_done", once_done, 1);
    bench(us, "cond_pingpong", cond_pingpong, 1);
    bench(us, "sema_unc", sema_unc, 1);
    bench(us, "sema_pingpong", sema_pingpong, 1);
    bench(us, "sema_table1", sema_table1, 1);
    bench(us, "sema_table4000", sema_table4000, 1);
    return 0;
}

int
main(int argc, char **argv)
{
    bench_begin(argc, argv);
    if (argc > 2)
        us = argv[2];
    return go_run(go_main, argc, argv);
}
