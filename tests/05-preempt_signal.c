/** @file 05-preempt_signal.c  Goroutines that are made to stop.
 *
 * One scenario a process: 05-preempt_signal NAME ARGS...
 *
 * Some let a thread of their own ask for all p's all the time (pester), for
 * what sysmon would need minutes to ask as often.
 */
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>
#include <fenv.h>

#include "preempt.h"
#include "stack.h"

#include "hold.h"

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

// ---- Asking all the time ---------------------------------------------------

static bool pestering;
static pthread_t pest;

static void *
pest_main(void *arg)
{
    struct sched *s = arg;
    const struct timespec moment = { .tv_nsec = 5000 };

    prctl(PR_SET_TIMERSLACK, 1);        // or it would be ten times as long
    while (LOAD(&pestering)) {
        for (int i = 0; i < s->procs; i++)
            preempt_request(&s->p[i]);
        nanosleep(&moment, NULL);
    }
    return NULL;
}

static void
pester(void)
{
    sigset_t all, old;

    STORE(&pestering, true);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    REQUIRE(pthread_create(&pest, NULL, pest_main, run_active()) == 0);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static void
leave_alone(void)
{
    STORE(&pestering, false);
    pthread_join(pest, NULL);
}

static long
turns(void)
{
    struct sched *s = run_active();
    long n = 0;

    for (int i = 0; i < s->procs; i++)
        n += atomic_load_relaxed(&s->p[i].ticks);
    return n;
}

// ---- A loop that calls nothing ---------------------------------------------

static volatile unsigned long count[8];
static volatile bool stop;

__attribute__((noinline)) static void
spin(int i)
{
    while (!stop)
        count[i]++;
}

// The demo of the articles: it hangs where nobody can be made to stop.
static int
hog(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(spin, 0);
    go(spin, 1);
    while (count[0] == 0 || count[1] == 0)
        go_gosched();
    stop = true;
    return 0;
}

// The same with a call in the loop.
__attribute__((noinline)) static void
add_one(volatile unsigned long *n)
{
    ++*n;
}

static void
spin_with_calls(int i)
{
    while (!stop)
        add_one(&count[i]);
}

static int
hog_that_calls(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(spin_with_calls, 0);
    go(spin_with_calls, 1);
    while (count[0] == 0 || count[1] == 0)
        go_gosched();
    stop = true;
    return 0;
}

// Arguments in all the ways there are, and results that tell if one is lost.
__attribute__((noinline)) static double
mix(int a, long b, double c, float d, long e, long f, long g, long h, double i, ...)
{
    va_list rest;
    double sum = a + (double)b + c + (double)d + (double)(e + f + g + h) + i;

    va_start(rest, i);
    for (int k = 0; k < 6; k++)
        sum += k % 2 ? va_arg(rest, double) : va_arg(rest, int);
    va_end(rest);
    return sum;
}

static void
spin_with_arguments(int n)
{
    while (!stop) {
        REQUIRE(mix(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10.0, 11, 12.0, 13, 14.0) == n + 105);
        count[n]++;
    }
}

static int
calls_with_arguments(int argc, char **argv)
{
    const long wanted = turns() + share(300);

    (void)argc;
    (void)argv;
    pester();
    for (int i = 0; i < 4; i++)
        go(spin_with_arguments, i);
    while (turns() < wanted)
        add_one(&count[7]);
    stop = true;
    leave_alone();
    return 0;
}

static int
main_is_a_hog(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(spin, 0);
    while (count[0] == 0)
        continue;
    stop = true;
    return 0;
}

static int
stop_the_world(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (int i = 0; i < 3; i++)
        go(spin, i);
    for (int n = 1; n < 20; n++) {
        go_gomaxprocs(1 + n % 4);
        REQUIRE(go_gomaxprocs(0) == 1 + n % 4);
    }
    stop = true;
    return 0;
}

static int
end_with_hogs(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (int i = 0; i < 4; i++)
        go(spin, i);
    while (count[0] == 0)
        go_gosched();
    return 7;
}

static int
nothing(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return 0;
}

static void
count_stacks(struct g *gp, void *n)
{
    (void)gp;
    ++*(int *)n;
}

// ---- Registers -------------------------------------------------------------

static int level;
static long rounds;

static void
fill(struct hold *h, unsigned seed)
{
    unsigned char *byte = (unsigned char *)h;

    for (size_t i = 0; i < sizeof(*h); i++) {
        seed = seed * 1103515245 + 12345;
        byte[i] = (unsigned char)(seed >> 16);
    }
    for (int i = 0; i < 8; i++)
        h->x87[i] = (double)(seed % 1000) + i;
    h->level = (uint64_t)level;
    h->rounds = (uint64_t)rounds;
#ifdef __x86_64__
    static const unsigned rounding[] = { 0, 0x2000, 0x4000, 0x6000 };

    h->control[0] = 0x1f80 | rounding[seed / 7 % 4];
    h->control[1] = 0x037f | rounding[seed / 7 % 4] >> 3;
    h->flags = 0x401;
#else
    h->control[0] = (seed / 7 % 4) << 22;
    h->flags = 6;
#endif
}

static void
compare(const struct hold *put, const struct hold *found)
{
#ifdef __x86_64__
    REQUIRE(memcmp(put->r, found->r, 15 * 8) == 0);
    REQUIRE(memcmp(put->zone, found->zone, sizeof(put->zone)) == 0);
    REQUIRE(memcmp(put->x87, found->x87, sizeof(put->x87)) == 0);
    REQUIRE((uint32_t)put->control[0] == ((uint32_t)found->control[0] & ~0x3fu));
    REQUIRE((uint16_t)put->control[1] == (uint16_t)found->control[1]);
    if (level == 2)
        REQUIRE(memcmp(put->mask + 1, found->mask + 1, 7 * 8) == 0);
    for (int i = 0; i < (level == 2 ? 32 : 16); i++)
        REQUIRE(memcmp(put->vector[i], found->vector[i], 16u << level) == 0);
#else
    for (int i = 1; i < 31; i++)
        REQUIRE(i == 18 || put->r[i] == found->r[i]);
    REQUIRE(put->control[0] == found->control[0]);
    for (int i = 0; i < 32; i++)
        REQUIRE(memcmp(put->vector[i], found->vector[i], 16) == 0);
#endif
    REQUIRE(put->flags == found->flags);
}

static void
keep(unsigned seed)
{
    static struct hold all_put[8], all_found[8];
    struct hold *put = &all_put[seed], *found = &all_found[seed];

    while (!stop) {
        fill(put, seed + (unsigned)count[seed]);
        hold(put, found);
        compare(put, found);
        count[seed]++;
    }
}

static int
registers(int argc, char **argv)
{
    const long wanted = argc > 0 ? atol(argv[0]) : share(2000);

#ifdef __x86_64__
    __builtin_cpu_init();
    level = __builtin_cpu_supports("avx512bw") ? 2 : __builtin_cpu_supports("avx");
#endif
    rounds = 20000;
    pester();
    for (unsigned i = 0; i < 4; i++)
        go(keep, i);
    while (turns() < wanted)
        continue;
    stop = true;
    leave_alone();
    go_gosched();
    return 0;
}

// ---- Libraries -------------------------------------------------------------

static int n_done;

static void
use_malloc(unsigned seed)
{
    char *text[64] = { 0 };

    for (int i = 0; i < share(200000); i++) {
        unsigned k = (seed = seed * 1103515245 + 12345) / 65536 % 64;

        free(text[k]);
        text[k] = malloc(32 + k);
        REQUIRE(text[k] != NULL);
        snprintf(text[k], 32, "%u", k);
        k = seed / 77777 % 64;
        REQUIRE(text[k] == NULL || atoi(text[k]) == (int)k);
    }
    for (int k = 0; k < 64; k++)
        free(text[k]);
    ADD(&n_done, 1);
}

static FILE *null;

static void
use_stdio(int i)
{
    for (int k = 0; k < share(100000); k++)
        REQUIRE(fprintf(null, "%d %d %f\n", i, k, k / 3.0) > 0);
    ADD(&n_done, 1);
}

static int
ascending(const void *a, const void *b)
{
    const int *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void
use_qsort(unsigned seed)
{
    int a[300];

    for (int k = 0; k < share(500); k++) {
        for (int i = 0; i < 300; i++)
            a[i] = (int)(seed = seed * 1103515245 + 12345);
        qsort(a, 300, sizeof(a[0]), ascending);
        for (int i = 1; i < 300; i++)
            REQUIRE(a[i - 1] <= a[i]);
    }
    ADD(&n_done, 1);
}

static int
libraries(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    null = fopen("/dev/null", "w");
    REQUIRE(null != NULL);
    pester();
    for (int i = 0; i < 3; i++) {
        go(use_malloc, (unsigned)i);
        go(use_stdio, i);
        go(use_qsort, (unsigned)i);
    }
    while (LOAD(&n_done) < 9)
        go_gosched();
    leave_alone();
    fclose(null);
    return 0;
}

// The runtime itself is never stopped, wherever it is.
static void
begin_many(int depth)
{
    struct go_waitgroup wg = {0};

    if (depth == 0)
        return;
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, begin_many, depth - 1);
    for (int i = 0; i < 5; i++)
        go_gosched();
    go_waitgroup_wait(&wg);
}

static int
in_runtime(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    pester();
    for (int i = 0; i < share(100); i++)
        begin_many(3);
    leave_alone();
    return 0;
}

// What a library has called stays on its thread: it may hold a lock. Here:
// of a stream, while its own write function runs.
static unsigned long in_callback;

static ssize_t
write_slowly(void *cookie, const char *buf, size_t n)
{
    const unsigned long before = count[0];

    (void)cookie;
    (void)buf;
    for (volatile int i = 0; i < 2000000; i++)
        continue;
    REQUIRE(count[0] == before);
    in_callback++;
    return (ssize_t)n;
}

static int
callback(int argc, char **argv)
{
    FILE *f = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = write_slowly });

    (void)argc;
    (void)argv;
    REQUIRE(go_gomaxprocs(0) == 1);
    setvbuf(f, NULL, _IONBF, 0);
    go(spin, 0);
    pester();
    while (in_callback < 20 ||
           atomic_load_relaxed(&run_active()->p[0].refused) == 0) {
        fputs("x", f);
        go_gosched();
    }
    REQUIRE(count[0] > 0);
    stop = true;
    leave_alone();
    fclose(f);
    return 0;
}

// What an older call of a library has left on the stack is no call: the array
// is where fprintf had its frames, and is never written.
__attribute__((noinline)) static void
spin_on_old_frames(void)
{
    volatile char old[6000];

    __asm__ volatile("" : : "r"(old) : "memory");
    while (!stop)
        count[1]++;
}

static void
print_then_spin(void)
{
    FILE *f = fopen("/dev/null", "w");

    fprintf(f, "%f %s\n", 1.5, "words");
    fclose(f);
    spin_on_old_frames();
}

static int
old_frames(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    REQUIRE(go_gomaxprocs(0) == 1);
    go(print_then_spin);
    for (int i = 0; i < 5 || count[1] == 0; i++)
        go_gosched();
    stop = true;
    return 0;
}

// ---- When it is not wanted -------------------------------------------------

static int
disabled(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    REQUIRE(go_gomaxprocs(0) == 1);
    pester();
    for (int i = 0; i < 20; i++) {
        go_preempt_disable();
        go_preempt_disable();
        if (i == 0)
            go(spin, 0);

        const unsigned long before = count[0];

        for (volatile int k = 0; k < 5000000; k++)
            continue;
        go_checkpoint();
        go_preempt_enable();
        for (volatile int k = 0; k < 100000; k++)
            continue;
        REQUIRE(count[0] == before);
        go_preempt_enable();        // somebody has asked long ago
        while (count[0] == before)
            continue;
    }
    go_preempt_enable();            // one too many does nothing
    stop = true;
    leave_alone();
    return 0;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long sum;

static void
with_mutex(void)
{
    for (int i = 0; i < share(20000); i++) {
        go_preempt_disable();
        pthread_mutex_lock(&mutex);
        for (volatile int k = 0; k < 200; k++)
            continue;
        sum++;
        pthread_mutex_unlock(&mutex);
        go_preempt_enable();
    }
    ADD(&n_done, 1);
}

static int
mutexes(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    pester();
    for (int i = 0; i < 4; i++)
        go(with_mutex);
    while (LOAD(&n_done) < 4)
        go_gosched();
    leave_alone();
    REQUIRE(sum == 4L * share(20000));
    return 0;
}

static void
co_main(void *arg)
{
    const unsigned long before = count[0];

    (void)arg;
    for (volatile int k = 0; k < 20000000; k++)
        continue;
    REQUIRE(count[0] == before);
}

static int
coroutine(int argc, char **argv)
{
    struct go_coro *co = go_coro_new(co_main, NULL);

    (void)argc;
    (void)argv;
    REQUIRE(go_gomaxprocs(0) == 1);
    go_preempt_disable();
    go(spin, 0);
    pester();
    go_preempt_enable();
    go_coro_resume(co);
    REQUIRE(go_coro_done(co));
    go_coro_free(co);
    while (count[0] == 0)
        continue;
    stop = true;
    leave_alone();
    return 0;
}

// A thread that waits in the kernel is no hog: its wait is not interrupted.
static int
asleep(int argc, char **argv)
{
    const struct timespec moment = { .tv_nsec = 80000000 };

    (void)argc;
    (void)argv;
    REQUIRE(go_gomaxprocs(0) == 1);
    go(spin, 0);
    for (int i = 0; i < 5; i++)
        REQUIRE(nanosleep(&moment, NULL) == 0);
    stop = true;
    return 0;
}

// How long a goroutine computes before it is stopped for another: by what its own
// thread has computed, for the machine may have other things to do. Most of many
// turns; a single one may be late, if sysmon gets no processor.
enum { TURNS = 41 };

static int64_t
computed(void)
{
    return world.thread_computed(getg()->m->thread);
}

static int
ascending64(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static int
slices(int argc, char **argv)
{
    int64_t turn[TURNS];

    (void)argc;
    (void)argv;
    REQUIRE(go_gomaxprocs(0) == 1);
    go(spin, 0);
    go_gosched();
    for (int i = 0; i < TURNS; i++) {
        const unsigned long before = count[0];
        const int64_t begin = computed();

        go_gosched();                           // spin has its turn
        turn[i] = computed() - begin;
        REQUIRE(count[0] > before);
    }
    stop = true;
    qsort(turn, TURNS, sizeof(turn[0]), ascending64);
    printf("%lld us, at most %lld us\n", (long long)turn[TURNS / 2] / 1000,
           (long long)turn[TURNS - 1] / 1000);
    REQUIRE(turn[TURNS / 2] <= 2 * SLICE);
    return 0;
}

// ---- By asking only --------------------------------------------------------

static void
spin_politely(int i)
{
    while (!LOAD(&stop)) {
        ADD(&count[i], 1);
        go_checkpoint();
    }
}

static int
checkpoint(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    REQUIRE(preempt_off() != NULL);
    go(spin_politely, 0);
    go(spin_politely, 1);
    while (LOAD(&count[0]) == 0 || LOAD(&count[1]) == 0)
        go_gosched();
    STORE(&stop, true);
    return 0;
}

// How rounding is done is the goroutine's own affair.
static volatile double one = 1, three = 3;

static void
round_up(void)
{
    fesetround(FE_UPWARD);

    const double up = one / three;

    while (!stop)
        if (one / three != up)
            ADD(&n_done, 1);
    count[0]++;
}

static void
round_usually(void)
{
    const double usual = one / three;

    while (!stop)
        if (one / three != usual)
            ADD(&n_done, 1);
    count[1]++;
}

static int
rounding(int argc, char **argv)
{
    const long wanted = turns() + share(300);

    (void)argc;
    (void)argv;
    for (int i = 0; i < 2; i++) {
        go(round_up);
        go(round_usually);
    }
    pester();
    while (turns() < wanted)
        continue;
    stop = true;
    leave_alone();
    REQUIRE(n_done == 0);
    return 0;
}

// ---- What is seen of it ----------------------------------------------------

static int
dump(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go(spin, 0);
    while (count[0] == 0)
        go_gosched();
    go_waitgroup_done(&wg);
    return 0;
}

static void
on_urgent(int sig)
{
    (void)sig;
}

static const struct scenario {
    const char *name;
    int (*fn)(int argc, char **argv);
} all[] = {
    { "hog", hog },
    { "hog-that-calls", hog_that_calls },
    { "calls-with-arguments", calls_with_arguments },
    { "main-is-a-hog", main_is_a_hog },
    { "stop-the-world", stop_the_world },
    { "registers", registers },
    { "libraries", libraries },
    { "in-runtime", in_runtime },
    { "callback", callback },
    { "old-frames", old_frames },
    { "disabled", disabled },
    { "mutexes", mutexes },
    { "coroutine", coroutine },
    { "asleep", asleep },
    { "slices", slices },
    { "checkpoint", checkpoint },
    { "rounding", rounding },
    { "dump", dump },
};

int
main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";

    if (strcmp(name, "end") == 0) {
        int before = 0, clean = 0;

        // What a run leaves behind is kept for ever. It leaves a goroutine that
        // could not be stopped in time: that may be, if its thread got no
        // processor, but not each time.
        for (int i = 0; i < 5; i++) {
            int n = 0;

            stop = false;
            count[0] = 0;
            REQUIRE(go_run(end_with_hogs, 0, NULL) == 7);
            stack_each(count_stacks, &n);
            clean += n == before;
            before = n;
        }
        REQUIRE(clean > 0);
        return go_run(nothing, 0, NULL);
    }
    if (strcmp(name, "urgent") == 0) {
        signal(SIGURG, on_urgent);
        return go_run(checkpoint, 0, NULL);
    }
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (strcmp(all[i].name, name) == 0)
            return go_run(all[i].fn, argc - 2, argv + 2);
    fprintf(stderr, "05-preempt_signal: there is no scenario %s\n", name);
    return 3;
}
