/** @file 03-gmp_run.c  go_run: how a run begins and ends, and that nothing is
 * left of it.
 *
 * One scenario a process: 03-gmp_run NAME ARGS...
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "runtime.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); \
    fflush(stdout); _exit(1); } } while (0)

#define LOAD(p)     __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define STORE(p, v) __atomic_store_n(p, v, __ATOMIC_SEQ_CST)
#define ADD(p, v)   __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST)

enum { MANY_THREADS = 40 };     // a leak in each run makes more

static int
share(int n)
{
    const char *percent = getenv("CHECK_SHARE");

    n = percent != NULL ? n * atoi(percent) / 100 : n;
    return n < 1 ? 1 : n;
}

static int
tid(void)
{
    return (int)syscall(SYS_gettid);
}

// Bytes of a /proc file: all of them.
static char *
text_of(const char *path)
{
    static char text[1 << 20];
    int fd = open(path, O_RDONLY);
    size_t n = 0;
    ssize_t more = 0;

    while (fd >= 0 && n < sizeof(text) - 1 &&
           (more = read(fd, text + n, sizeof(text) - 1 - n)) > 0)
        n += (size_t)more;
    if (fd >= 0)
        close(fd);
    text[n] = '\0';
    return text;
}

static int
threads(void)
{
    DIR *d = opendir("/proc/self/task");
    int n = 0;

    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n - 2;
}

static int
mappings(void)
{
    int n = 0;

    for (const char *p = text_of("/proc/self/maps"); *p != '\0'; p++)
        n += *p == '\n';
    return n;
}

static long
resident_kib(void)
{
    const char *line = strstr(text_of("/proc/self/status"), "VmRSS:");

    return line != NULL ? atol(line + 6) : 0;
}

static char
state_of(int thread)
{
    char path[64];

    snprintf(path, sizeof(path), "/proc/self/task/%d/stat", thread);

    const char *end = strrchr(text_of(path), ')');

    return end != NULL ? end[2] : 0;
}

// ---- Values -----------------------------------------------------------------

static int
returns_argument(int argc, char **argv)
{
    return argc > 1 ? atoi(argv[argc - 1]) : -1;
}

static int
value(void)
{
    for (int i = -3; i < 300; i++) {
        char text[16];
        char *args[] = { "x", text, NULL };

        snprintf(text, sizeof(text), "%d", i);
        REQUIRE(go_run(returns_argument, 2, args) == i);
    }
    REQUIRE(go_run(returns_argument, 0, NULL) == -1);
    return 0;
}

static int given_argc;
static char **given_argv;

static int
same_arguments(int argc, char **argv)
{
    return argc == given_argc && argv == given_argv && argv[argc] == NULL;
}

static int
arguments(void)
{
    return go_run(same_arguments, given_argc, given_argv) ? 0 : 1;
}

// ---- 1,000 times ------------------------------------------------------------

static void
yields(int n)
{
    for (int i = 0; i < n; i++)
        go_gosched();
}

static void
yields_for_ever(void)
{
    for (;;)
        go_gosched();
}

static void
locked_for_ever(void)
{
    go_lock_os_thread();
    yields_for_ever();
}

static void
waits(struct go_waitgroup *gate)
{
    go_waitgroup_wait(gate);
}

static void
locked_waits(struct go_waitgroup *gate)
{
    go_lock_os_thread();
    go_waitgroup_wait(gate);
}

// Others run, wait, are runnable, and are wired to threads, when it returns.
static int
leaves_everything(int argc, char **argv)
{
    static struct go_waitgroup gate;
    struct go_waitgroup wg = { 0 };

    gate = (struct go_waitgroup){ 0 };
    go_waitgroup_add(&gate, 1);
    for (int i = 0; i < 5; i++) {
        go_waitgroup_go(&wg, yields, i);
        go(waits, &gate);
    }
    go(locked_waits, &gate);
    go(yields_for_ever);
    go(locked_for_ever);
    go_with((&(struct go_attr){ .stack_max = 1 << 20 }), waits, &gate);
    go_waitgroup_wait(&wg);
    go(yields, 1);
    (void)argv;
    return argc;
}

static int
again(void)
{
    const int rounds = share(1000), warm = rounds / 5;
    int maps = 0;
    long kib = 0;

    for (int i = 0; i < rounds; i++) {
        REQUIRE(go_run(leaves_everything, i, NULL) == i);
        if (i == warm) {
            maps = mappings();
            kib = resident_kib();
        }
    }
    // Threads come when they are needed. On a busy machine a run may begin
    // before all those of the last one sleep; so not just a handful.
    REQUIRE(threads() <= MANY_THREADS);
    REQUIRE(mappings() <= maps + 40);
    REQUIRE(getenv("CHECK_RSS") == NULL || resident_kib() <= kib + 1024);
    return 0;
}

// With nothing left running, no thread more is there after 1,000 runs.
static int
runs_quietly(int argc, char **argv)
{
    struct go_waitgroup wg = { 0 };

    (void)argv;
    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&wg, yields, 2);
    go_waitgroup_wait(&wg);
    REQUIRE(go_id() == 1);
    return argc;
}

static int
again_quietly(void)
{
    for (int i = 0; i < share(1000); i++)
        REQUIRE(go_run(runs_quietly, i, NULL) == i);
    REQUIRE(threads() <= MANY_THREADS);
    return 0;
}

static int
starts_some(int argc, char **argv)
{
    static uint64_t first;
    uint64_t id = 0;

    (void)argv;
    go(yields, 1);
    REQUIRE(go_num_goroutine() <= 2);
    REQUIRE(go_id() == 1);
    id = go_id();
    if (argc == 0)
        first = id;
    REQUIRE(id == first);
    return 0;
}

// Each run counts from 1, and knows nothing of the last one's goroutines.
static int
fresh(void)
{
    for (int i = 0; i < 20; i++)
        REQUIRE(go_run(starts_some, i, NULL) == 0);
    return 0;
}

// ---- Who does not stop --------------------------------------------------------

static int computing;
static int end_computing;
static int went_on;

static void
computes(void)
{
    STORE(&computing, tid());
    while (!LOAD(&end_computing))
        ;
    go_gosched();                   // in a run that is no more
    STORE(&went_on, 1);
}

static int banned[2];

static void
runs_elsewhere(void)
{
    for (int i = 0; i < 10; i++) {
        REQUIRE(tid() != banned[0] && tid() != banned[1]);
        go_gosched();
    }
}

// Needs more threads than are idle, if none of those that came back are.
static int
uses_threads(int argc, char **argv)
{
    struct go_waitgroup wg = { 0 };

    (void)argv;
    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, runs_elsewhere);
    go_lock_os_thread();
    yields(5);
    go_waitgroup_wait(&wg);
    return argc;
}

static int
leaves_one_computing(int argc, char **argv)
{
    (void)argv;
    go(computes);
    go(yields_for_ever);
    while (!LOAD(&computing))
        go_gosched();
    return argc;
}

static int
abandoned(void)
{
    REQUIRE(go_run(leaves_one_computing, 5, NULL) == 5);

    const int thread = computing;

    REQUIRE(thread != tid());
    // The next ones work beside it.
    for (int i = 0; i < 20; i++)
        REQUIRE(go_run(runs_quietly, i, NULL) == i);
    STORE(&computing, 0);
    REQUIRE(go_run(leaves_one_computing, 6, NULL) == 6);

    // When they come back, they stand for ever, and run nothing.
    const int second = computing;

    STORE(&end_computing, 1);
    while (state_of(thread) != 'S' || state_of(second) != 'S')
        ;
    banned[0] = thread;
    banned[1] = second;
    for (int i = 0; i < 20; i++)
        REQUIRE(go_run(uses_threads, i, NULL) == i);
    REQUIRE(state_of(thread) == 'S' && state_of(second) == 'S');
    REQUIRE(!LOAD(&went_on));
    return 0;
}

// ---- From other threads ---------------------------------------------------------

static void *
runs(void *arg)
{
    REQUIRE(getg() == NULL || getg()->m->curg == NULL);
    REQUIRE(go_run(leaves_everything, 3, NULL) == 3);
    return arg;
}

static int
threads_in_turn(void)
{
    for (int i = 0; i < share(50); i++) {
        pthread_t thread;

        REQUIRE(pthread_create(&thread, NULL, runs, NULL) == 0);
        REQUIRE(pthread_join(thread, NULL) == 0);
        REQUIRE(go_run(leaves_everything, 4, NULL) == 4);
    }
    REQUIRE(threads() <= MANY_THREADS);
    return 0;
}

// ---- Locked to the thread that called --------------------------------------------

static int caller;

static int
stays(int argc, char **argv)
{
    struct go_waitgroup wg = { 0 };

    (void)argv;
    REQUIRE(tid() == caller);
    go_lock_os_thread();
    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&wg, yields, 3);
    yields(10);
    REQUIRE(tid() == caller);
    go_waitgroup_wait(&wg);
    REQUIRE(tid() == caller);
    if (argc == 1) {
        go_unlock_os_thread();
        yields(10);
    }
    if (argc == 2)
        go_gomaxprocs(3);
    return argc;
}

static int
locked_main(void)
{
    caller = tid();
    for (int i = 0; i < share(300); i++)
        REQUIRE(go_run(stays, i % 3, NULL) == i % 3);
    return 0;
}

// It has left the thread of go_run, and locks itself to another.
static int
locks_elsewhere(int argc, char **argv)
{
    struct go_waitgroup wg = { 0 };

    (void)argv;
    while (tid() == caller) {
        go_waitgroup_go(&wg, yields, 3);
        go_waitgroup_wait(&wg);
    }
    go_lock_os_thread();
    yields(3);
    REQUIRE(tid() != caller);
    return argc;
}

static int
locked_elsewhere(void)
{
    caller = tid();
    for (int i = 0; i < share(300); i++)
        REQUIRE(go_run(locks_elsewhere, i, NULL) == i);
    REQUIRE(threads() <= MANY_THREADS);
    return 0;
}

// ---- The world stops in each run -------------------------------------------------

static int holding, held;

// Holds the world up for a while: has no scheduling point before the end.
static void
holds(void)
{
    STORE(&holding, 1);
    for (volatile int i = 0; i < 3000000; i++)
        ;
    STORE(&held, 1);
}

// Goroutine 1 has not left the thread of go_run. A wake-up that was meant for
// the end of the last run must not be taken for the word that all stand.
static int
stops_the_world(int argc, char **argv)
{
    (void)argv;
    STORE(&holding, 0);
    STORE(&held, 0);
    go(holds);
    while (!LOAD(&holding))
        ;
    REQUIRE(tid() == caller);
    go_gomaxprocs(3);
    REQUIRE(LOAD(&held));
    for (int i = 0; i < 4; i++)
        go(yields_for_ever);
    return argc;
}

static int
stop_in_next_run(void)
{
    caller = tid();
    for (int i = 0; i < share(50); i++)
        REQUIRE(go_run(stops_the_world, i, NULL) == i);
    return 0;
}

// ---- After fork ---------------------------------------------------------------

static int
status_of(pid_t child)
{
    int status = -1;

    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
sets(int *flag)
{
    STORE(flag, 1);
}

// sysmon must see that another p is wanted: a thread that no child inherits.
static int
needs_sysmon(int argc, char **argv)
{
    int flag = 0;

    (void)argv;
    go_gomaxprocs(2);
    go(sets, &flag);
    while (!LOAD(&flag))
        ;
    return argc;
}

// A child of a process that has no run may begin one of its own.
static int
fork_first(void)
{
    pid_t child = fork();

    if (child == 0)
        _exit(go_run(leaves_everything, 9, NULL));
    REQUIRE(status_of(child) == 9);
    REQUIRE(go_run(leaves_everything, 3, NULL) == 3);
    REQUIRE(go_run(needs_sysmon, 5, NULL) == 5);
    child = fork();                     // the run is over; its threads sleep
    if (child == 0)
        _exit(go_run(needs_sysmon, 8, NULL));
    REQUIRE(status_of(child) == 8);
    REQUIRE(go_run(leaves_everything, 4, NULL) == 4);
    return 0;
}

static int
forks(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(yields_for_ever);
    for (int i = 0; i < share(20); i++) {
        pid_t child = fork();

        if (child == 0) {
            errno = 3;
            execl("/bin/sh", "sh", "-c", "exit 7", (char *)NULL);
            _exit(errno);
        }
        REQUIRE(status_of(child) == 7);
        child = fork();
        if (child == 0) {
            errno = 3;
            _exit(errno);
        }
        REQUIRE(status_of(child) == 3);
        go_gosched();
    }
    return 0;
}

// exec and _exit are possible in a child, and the parent goes on.
static int
fork_in_goroutine(void)
{
    return go_run(forks, 0, NULL);
}

// ---- Processors ------------------------------------------------------------------

static int
prints_procs(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    printf("%d\n", go_gomaxprocs(0));
    return 0;
}

static int
procs(void)
{
    return go_run(prints_procs, 0, NULL);
}

static int
num_cpu(void)
{
    printf("%d\n", go_num_cpu());
    return 0;
}

static const struct {
    const char *name;
    int (*fn)(void);
} scenarios[] = {
    { "value", value },
    { "arguments", arguments },
    { "again", again },
    { "again-quietly", again_quietly },
    { "fresh", fresh },
    { "abandoned", abandoned },
    { "threads-in-turn", threads_in_turn },
    { "locked-main", locked_main },
    { "locked-elsewhere", locked_elsewhere },
    { "stop-in-next-run", stop_in_next_run },
    { "fork-first", fork_first },
    { "fork-in-goroutine", fork_in_goroutine },
    { "procs", procs },
    { "num-cpu", num_cpu },
};

int
main(int argc, char **argv)
{
    given_argc = argc;
    given_argv = argv;
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc > 1 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "03-gmp_run: which scenario?\n");
    return 2;
}
