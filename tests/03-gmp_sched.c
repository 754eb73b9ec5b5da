/** @file 03-gmp_sched.c  Goroutines take turns, on all threads.
 *
 * One scenario a process: 03-gmp_sched NAME. CHECK_SHARE says how many percent
 * of the work to do, on machines that are slow.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "runtime.h"

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

static int
tid(void)
{
    return (int)syscall(SYS_gettid);
}

static void
yield(int times)
{
    for (int i = 0; i < times; i++)
        go_gosched();
}

// ---- T03: a chain ----------------------------------------------------------

struct link {
    struct go_waitgroup ready;
    int value;
};

static void
passes_on(struct link *from, struct link *to)
{
    go_waitgroup_wait(&from->ready);
    to->value = from->value + 1;
    go_waitgroup_done(&to->ready);
}

static int
chain(void)
{
    const int n = share(10000);
    struct link *links = calloc((size_t)n + 1, sizeof(*links));

    for (int i = 0; i <= n; i++)
        go_waitgroup_add(&links[i].ready, 1);
    for (int i = 0; i < n; i++)
        go(passes_on, &links[i], &links[i + 1]);
    REQUIRE(go_num_goroutine() == n + 1);
    go_waitgroup_done(&links[0].ready);
    go_waitgroup_wait(&links[n].ready);
    REQUIRE(links[n].value == n);
    while (go_num_goroutine() > 1)
        go_gosched();
    free(links);
    return 0;
}

// ---- T27, T28: the world stops, and everybody comes to a turn ---------------

static void
yields_until(int *flag, long *turns)
{
    while (!LOAD(flag)) {
        ADD(turns, 1);
        go_gosched();
    }
}

static int
stop_the_world(void)
{
    struct go_waitgroup wg = { 0 };
    long turns = 0;
    int end = 0;

    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, yields_until, &end, &turns);
    for (int i = 0; i < share(500); i++) {
        const int was = go_gomaxprocs(0), n = 1 + i % 4;

        REQUIRE(go_gomaxprocs(n) == was);
        REQUIRE(go_gomaxprocs(0) == n);
        // All go on after each change.
        const long before = LOAD(&turns);

        while (LOAD(&turns) < before + 10)
            go_gosched();
    }
    STORE(&end, 1);
    go_waitgroup_wait(&wg);
    return 0;
}

// Two who stop the world at the same time do so one after the other.
static void
changes(int times, unsigned seed)
{
    for (int i = 0; i < times; i++) {
        seed = seed * 1103515245 + 12345;
        REQUIRE(go_gomaxprocs(1 + (int)(seed >> 16) % 8) >= 1);
        go_gosched();
    }
}

static int
two_stop_the_world(void)
{
    struct go_waitgroup wg = { 0 };

    for (unsigned i = 0; i < 4; i++)
        go_waitgroup_go(&wg, changes, share(300), i);
    go_waitgroup_wait(&wg);
    return 0;
}

static void
yields_locked_until(int *flag, long *turns)
{
    go_lock_os_thread();
    const int here = tid();

    while (!LOAD(flag)) {
        ADD(turns, 1);
        go_gosched();
        REQUIRE(tid() == here);
    }
    go_unlock_os_thread();
}

static void
progress(void (*fn)(int *, long *), int procs)
{
    struct go_waitgroup wg = { 0 };
    long turns = 0;
    int end = 0;

    go_gomaxprocs(procs);
    go_waitgroup_go(&wg, fn, &end, &turns);
    while (LOAD(&turns) < share(300))
        go_gosched();
    STORE(&end, 1);
    go_waitgroup_wait(&wg);
}

static int
yield_progress(void)
{
    for (int procs = 1; procs <= 3; procs++)
        progress(yields_until, procs);
    return 0;
}

static int
yield_locked_progress(void)
{
    for (int procs = 1; procs <= 3; procs++)
        progress(yields_locked_until, procs);
    // And if who looks on is locked, too.
    go_lock_os_thread();
    for (int procs = 1; procs <= 3; procs++) {
        progress(yields_until, procs);
        progress(yields_locked_until, procs);
    }
    go_unlock_os_thread();
    return 0;
}

// ---- T29: at the same time, really ------------------------------------------

// Each waits for its neighbour by looking, and lets nobody else run.
static void
in_turn(unsigned *turn, unsigned me, unsigned all)
{
    for (unsigned i = 0; i < 3; i++) {
        while (LOAD(turn) != all * i + me)
            ;
        STORE(turn, all * i + me + 1);
    }
}

static int
parallel(void)
{
    for (unsigned procs = 2; procs <= 4; procs++) {
        go_gomaxprocs((int)procs);
        for (int round = 0; round < share(10); round++) {
            struct go_waitgroup wg = { 0 };
            unsigned turn = 0;

            for (unsigned i = 0; i < procs; i++)
                go_waitgroup_go(&wg, in_turn, &turn, i, procs);
            go_waitgroup_wait(&wg);
            REQUIRE(turn == 3 * procs);
        }
    }
    return 0;
}

static void
sets(int *flag)
{
    STORE(flag, 1);
}

// Whoever was started waits behind us, in the queue of our p.
static int
rescued(void)
{
    go_gomaxprocs(2);
    for (int round = 0; round < share(20); round++) {
        int flag = 0;

        go(sets, &flag);
        while (!LOAD(&flag))
            ;
        // The other thread comes to rest, or not: both are to be tried.
        yield(round * 10);
    }
    return 0;
}

static int yielding, yielded_to, enough;

static void
yields_until_enough(void)
{
    STORE(&yielding, 1);
    while (!LOAD(&enough))
        go_gosched();
}

// No p is idle: the other one has a goroutine that does nothing but yield. It
// must be shown what waits behind us while we compute.
static int
rescued_by_yielder(void)
{
    go_gomaxprocs(2);
    go(yields_until_enough);
    while (!LOAD(&yielding))
        ;
    go(sets, &yielded_to);
    while (!LOAD(&yielded_to))
        ;
    STORE(&enough, 1);
    return 0;
}

// Many wait behind us; all of them are rescued while we compute.
static int
all_rescued(void)
{
    enum { N = 50 };
    static int flags[N];

    go_gomaxprocs(2);
    for (int i = 0; i < N; i++)
        go(sets, &flags[i]);
    for (int i = 0; i < N; i++)
        while (!LOAD(&flags[i]))
            ;
    return 0;
}

// ---- Order -------------------------------------------------------------------

static void
notes(int *order, int *n, int i)
{
    order[ADD(n, 1)] = i;
}

// In the order of their start; but the last may come first (chapter 4).
static int
order(void)
{
    struct go_waitgroup wg = { 0 };
    int got[10], n = 0;

    go_gomaxprocs(1);
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, notes, got, &n, i);
    go_waitgroup_wait(&wg);
    REQUIRE(n == 10);

    const int first = got[0] == 9 ? 9 : 0;

    for (int i = 0; i < 10; i++)
        REQUIRE(got[i] == (first == 9 ? (i + 9) % 10 : i));
    return 0;
}

// Two that ready one another for ever do not keep the global queue waiting.
static struct go_waitgroup ball[2];

static void
plays(int me, int *end)
{
    while (!LOAD(end)) {
        go_waitgroup_wait(&ball[me]);
        go_waitgroup_add(&ball[me], 1);
        go_waitgroup_done(&ball[!me]);
    }
}

static int
global_queue_is_served(void)
{
    struct go_waitgroup wg = { 0 };
    int end = 0;

    go_gomaxprocs(1);
    go_waitgroup_add(&ball[1], 1);
    go_waitgroup_go(&wg, plays, 0, &end);
    go_waitgroup_go(&wg, plays, 1, &end);
    yield(share(1000));             // to the end of the global queue, each time
    STORE(&end, 1);
    go_waitgroup_wait(&wg);
    return 0;
}

// ---- Numbers -------------------------------------------------------------------

static void
waits_for(struct go_waitgroup *there, struct go_waitgroup *gate)
{
    go_waitgroup_done(there);
    go_waitgroup_wait(gate);
}

static int
num_goroutine(void)
{
    const int n = share(100);

    REQUIRE(go_num_goroutine() == 1);
    for (int round = 0; round < 3; round++) {
        struct go_waitgroup there = { 0 }, gate = { 0 };

        go_waitgroup_add(&gate, 1);
        go_waitgroup_add(&there, n);
        for (int i = 0; i < n; i++)
            go(waits_for, &there, &gate);
        REQUIRE(go_num_goroutine() == n + 1);
        go_waitgroup_wait(&there);
        REQUIRE(go_num_goroutine() == n + 1);
        go_waitgroup_done(&gate);
        while (go_num_goroutine() != 1)
            go_gosched();
    }

    // One that ended on another p than the one it was made on.
    int flag = 0;

    go_gomaxprocs(2);
    go(sets, &flag);
    while (!LOAD(&flag))
        ;
    while (go_num_goroutine() != 1)
        go_gosched();
    return 0;
}

static void
tells_id(uint64_t *id)
{
    *id = go_id();
    go_gosched();
    REQUIRE(go_id() == *id);
}

static int
compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static int
ids(void)
{
    const int n = share(2000);
    uint64_t *id = calloc((size_t)n, sizeof(*id));
    struct go_waitgroup wg = { 0 };

    REQUIRE(go_id() == 1);
    for (int i = 0; i < n; i++)
        go_waitgroup_go(&wg, tells_id, &id[i]);
    go_waitgroup_wait(&wg);
    REQUIRE(go_id() == 1);
    qsort(id, (size_t)n, sizeof(*id), compare);
    REQUIRE(id[0] > 1);
    for (int i = 1; i < n; i++)
        REQUIRE(id[i] != id[i - 1]);
    free(id);
    return 0;
}

static int
procs_change(void)
{
    REQUIRE(go_gomaxprocs(7) == 2);
    REQUIRE(go_gomaxprocs(0) == 7);
    REQUIRE(go_gomaxprocs(-5) == 7);
    REQUIRE(go_gomaxprocs(2000) == 7);
    REQUIRE(go_gomaxprocs(0) == 2000);
    REQUIRE(go_gomaxprocs(1000000000) == 2000);
    REQUIRE(go_gomaxprocs(0) == 4096);
    REQUIRE(go_gomaxprocs(-1) == 4096);
    REQUIRE(go_gomaxprocs(1) == 4096);
    REQUIRE(go_gomaxprocs(1) == 1);
    return 0;
}

// ---- T36, T37: a thread of one's own ---------------------------------------------

static int other_tid;
static int other_end;

static void
tells_tid(void)
{
    while (!LOAD(&other_end)) {
        STORE(&other_tid, tid());
        go_gosched();
    }
}

// Where the other goroutine runs when it is its turn.
static int
where_the_other_runs(void)
{
    STORE(&other_tid, 0);
    while (LOAD(&other_tid) == 0)
        go_gosched();
    return LOAD(&other_tid);
}

static int
lock_nesting_here(void)
{
    const int here = tid();

    go_unlock_os_thread();                      // without a lock: nothing
    REQUIRE(where_the_other_runs() == here);
    go_lock_os_thread();
    REQUIRE(where_the_other_runs() != here && tid() == here);
    go_lock_os_thread();
    REQUIRE(where_the_other_runs() != here && tid() == here);
    go_unlock_os_thread();
    REQUIRE(where_the_other_runs() != here && tid() == here);
    go_unlock_os_thread();
    REQUIRE(where_the_other_runs() == tid());
    go_unlock_os_thread();
    REQUIRE(where_the_other_runs() == tid());
    return 0;
}

// With one p all goroutines share a thread, unless one has its own.
static int
lock_nesting(void)
{
    struct go_waitgroup wg = { 0 };

    go_gomaxprocs(1);
    go_waitgroup_go(&wg, tells_tid);
    go_gosched();                               // leaves the thread of go_run
    lock_nesting_here();
    STORE(&other_end, 1);
    go_waitgroup_wait(&wg);
    return 0;
}

// Nobody else is ever seen on the thread of one who is locked.
enum { OWNERS = 4 };
static int owned[OWNERS];

static void
owns(int me, int times)
{
    go_lock_os_thread();
    STORE(&owned[me], tid());
    for (int i = 0; i < times; i++) {
        go_gosched();
        REQUIRE(tid() == owned[me]);
    }
    STORE(&owned[me], 0);
    go_unlock_os_thread();
}

static void
trespasses(int *end)
{
    while (!LOAD(end)) {
        for (int i = 0; i < OWNERS; i++)
            REQUIRE(LOAD(&owned[i]) != tid());
        go_gosched();
    }
}

static int
own_threads(void)
{
    struct go_waitgroup owners = { 0 }, others = { 0 };
    int end = 0;

    go_gomaxprocs(3);
    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&others, trespasses, &end);
    for (int i = 0; i < OWNERS; i++)
        go_waitgroup_go(&owners, owns, i, share(300));
    go_waitgroup_wait(&owners);
    STORE(&end, 1);
    go_waitgroup_wait(&others);
    return 0;
}

// 'S', 'R', 'Z' and so on; 0 if there is no such thread.
static char
state_of(int thread)
{
    char path[64], text[512] = "";

    snprintf(path, sizeof(path), "/proc/self/task/%d/stat", thread);

    int fd = open(path, O_RDONLY);

    if (fd < 0)
        return 0;
    ssize_t n = read(fd, text, sizeof(text) - 1);

    close(fd);

    char *end = n > 0 ? strrchr(text, ')') : NULL;

    return end != NULL ? end[2] : 0;
}

static void
ends_locked(int *thread, bool unlock_first)
{
    go_lock_os_thread();
    go_lock_os_thread();
    *thread = tid();
    go_unlock_os_thread();
    if (unlock_first)
        go_unlock_os_thread();
}

static int
lock_exit(void)
{
    go_gosched();
    for (int i = 0; i < share(20); i++) {
        struct go_waitgroup wg = { 0 };
        int thread = 0;

        go_waitgroup_go(&wg, ends_locked, &thread, false);
        go_waitgroup_wait(&wg);
        REQUIRE(thread != getpid());
        while (state_of(thread) != 0)
            go_gosched();
    }
    return 0;
}

// One who has unlocked leaves the thread to others: no thread is made anew.
static int
unlock_exit(void)
{
    int first = 0, thread;

    go_gomaxprocs(1);
    go_gosched();
    for (int i = 0; i < share(20); i++) {
        struct go_waitgroup wg = { 0 };

        go_waitgroup_go(&wg, ends_locked, &thread, true);
        go_waitgroup_wait(&wg);
        if (i == 0)
            first = thread;
        REQUIRE(thread == first || thread == getpid());
        REQUIRE(state_of(first) != 0);
    }
    return 0;
}

// The thread that called go_run is not ours to end.
static void
looks_at_main_thread(void)
{
    while (state_of(getpid()) != 'S') {
        REQUIRE(state_of(getpid()) != 'Z' && state_of(getpid()) != 0);
        go_gosched();
    }
    fflush(stdout);
    _exit(0);
}

static int
lock_exit_main(void)
{
    go_lock_os_thread();
    REQUIRE(tid() == getpid());
    go(looks_at_main_thread);
    go_gosched();
    REQUIRE(tid() == getpid());
    go_goexit();
}

// ---- T40: what moves along --------------------------------------------------------

static long moves;

// What the runtime keeps is not the program's to look at, says
// ThreadSanitizer.
HOOKS_SWITCH static bool
is_current(const struct g *gp)
{
    return getg() == gp && gp->m->curg == gp &&
           gp->m->errnop == __errno_location();
}

// Every turn may be on another thread. errno of a C function and our own.
static void
moves_about(int me, int empty)
{
    const struct g *gp = getg();
    int was = tid();
    char c;

    while (LOAD(&moves) < share(1000)) {
        REQUIRE(read(empty, &c, 1) == -1);
        go_gosched();
        REQUIRE(errno == EAGAIN);
        errno = 1000 + me;
        go_gosched();
        REQUIRE(errno == 1000 + me);
        // Not what another thread's pointer said, nor what was cached.
        REQUIRE(is_current(gp));
        if (tid() != was)
            ADD(&moves, 1);
        was = tid();
    }
}

static int
errno_moves(void)
{
    struct go_waitgroup wg = { 0 };
    int ends[2];

    REQUIRE(pipe2(ends, O_NONBLOCK) == 0);
    go_gomaxprocs(4);
    errno = 77;
    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, moves_about, i, ends[0]);
    REQUIRE(errno == 77);
    go_waitgroup_wait(&wg);
    REQUIRE(errno == 77);
    REQUIRE(moves >= share(1000));
    return 0;
}

// No call of the runtime that does not fail changes errno.
static int
errno_stays(void)
{
    struct go_waitgroup wg = { 0 };

    errno = 55;
    for (int i = 0; i < share(200); i++) {
        go_waitgroup_go(&wg, yield, 2);
        REQUIRE(errno == 55);
        go_waitgroup_wait(&wg);
        REQUIRE(errno == 55);
        go_lock_os_thread();
        go_gosched();
        REQUIRE(errno == 55);
        go_unlock_os_thread();
        go_gomaxprocs(1 + i % 3);
        REQUIRE(errno == 55);
    }
    return 0;
}

// ---- Stress ------------------------------------------------------------------------

static void
leaf(long *sum, long value, unsigned seed)
{
    yield((int)(seed >> 8) % 4);
    ADD(sum, value);
    if (seed % 7 == 0)
        go_goexit();
}

static void
tree(int depth, long *sum, unsigned seed)
{
    struct go_waitgroup wg = { 0 };

    if (depth == 0)
        return;
    for (long i = 0; i < 3; i++)
        go_waitgroup_go(&wg, leaf, sum, i, seed += 12345);
    go_waitgroup_go(&wg, tree, depth - 1, sum, seed * 5);
    if (seed % 3 == 0)
        go_gosched();
    go_waitgroup_go(&wg, tree, depth - 1, sum, seed * 7);
    if (seed % 11 == 0)
        go_lock_os_thread();
    go_waitgroup_wait(&wg);
    // Some take their thread with them when they end.
    if (seed % 11 == 0 && seed % 2 == 0)
        go_unlock_os_thread();
}

static int
stress_run(int argc, char **argv)
{
    const unsigned seed = argc > 2 ? (unsigned)atoi(argv[2]) : 1;
    const int depth = argc > 3 ? atoi(argv[3]) : 8;
    struct go_waitgroup wg = { 0 };
    long sum = 0;

    go_waitgroup_go(&wg, changes, share(30), seed);
    for (unsigned i = 0; i < 3; i++)
        go_waitgroup_go(&wg, tree, depth, &sum, seed * 1000 + i);
    go_waitgroup_wait(&wg);
    REQUIRE(sum == 3 * ((1L << depth) - 1) * 3);
    return 0;
}

// The same with as many threads as GOMAXPROCS says, all the time.
static int
steady_run(int argc, char **argv)
{
    const unsigned seed = argc > 2 ? (unsigned)atoi(argv[2]) : 1;
    const int depth = argc > 3 ? atoi(argv[3]) : 8;
    struct go_waitgroup wg = { 0 };
    long sum = 0;

    for (unsigned i = 0; i < 3; i++)
        go_waitgroup_go(&wg, tree, depth, &sum, seed * 1000 + i);
    go_waitgroup_wait(&wg);
    REQUIRE(sum == 3 * ((1L << depth) - 1) * 3);
    return 0;
}

static const struct {
    const char *name;
    int (*fn)(void);
} scenarios[] = {
    { "chain", chain },
    { "stop-the-world", stop_the_world },
    { "two-stop-the-world", two_stop_the_world },
    { "yield-progress", yield_progress },
    { "yield-locked-progress", yield_locked_progress },
    { "parallel", parallel },
    { "rescued", rescued },
    { "rescued-by-yielder", rescued_by_yielder },
    { "all-rescued", all_rescued },
    { "order", order },
    { "global-queue-is-served", global_queue_is_served },
    { "num-goroutine", num_goroutine },
    { "ids", ids },
    { "procs-change", procs_change },
    { "lock-nesting", lock_nesting },
    { "own-threads", own_threads },
    { "lock-exit", lock_exit },
    { "unlock-exit", unlock_exit },
    { "lock-exit-main", lock_exit_main },
    { "errno-moves", errno_moves },
    { "errno-stays", errno_stays },
};

static int
go_main(int argc, char **argv)
{
    if (strcmp(argv[1], "stress") == 0)
        return stress_run(argc, argv);
    if (strcmp(argv[1], "steady") == 0)
        return steady_run(argc, argv);
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "03-gmp_sched: which scenario?\n");
    return 2;
}

int
main(int argc, char **argv)
{
    const bool again = argc > 1 && (strcmp(argv[1], "stress") == 0 ||
                                    strcmp(argv[1], "steady") == 0);
    int status = 0;

    if (argc < 2)
        return 2;
    for (int i = 0; i < (again ? share(5) : 1) && status == 0; i++)
        status = go_run(go_main, argc, argv);
    return status;
}
