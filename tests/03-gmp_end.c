/** @file 03-gmp_end.c  Programs that end badly, and what they say.
 *
 * 03-gmp_end NAME: each ends the process in its own way. The texts are
 * compared in 03-gmp.bats.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "gstatus.h"
#include "stack.h"

#define LOAD(p)     __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define STORE(p, v) __atomic_store_n(p, v, __ATOMIC_SEQ_CST)

// A function that stays one, with a frame of its own.
#define FRAME __attribute__((noinline)) static void
#define STAY  __asm__ volatile("" ::: "memory")

static struct go_waitgroup never;

// ---- Call chains ---------------------------------------------------------------

FRAME
innermost(void)
{
    go_waitgroup_wait(&never);
    STAY;
}

FRAME
between(void)
{
    innermost();
    STAY;
}

FRAME
outermost(int n)
{
    if (n > 0)
        between();
    STAY;
}

FRAME
starts_one(void)
{
    go_with((&(struct go_attr){ .name = "reader" }), outermost, 1);
    STAY;
}

static void
locks_and_waits(void)
{
    go_lock_os_thread();
    go_waitgroup_wait(&never);
}

static void
nothing(void)
{
}

static void
yield(int times)
{
    for (int i = 0; i < times; i++)
        go_gosched();
}

static void
count_parked(struct g *gp, void *n)
{
    *(int *)n += gp->id != 0 && g_status(gp) == G_WAITING;
}

// Let others run until n goroutines wait.
static void
until_parked(int n)
{
    for (int parked = 0; parked < n; ) {
        parked = 0;
        stack_each(count_parked, &parked);
        go_gosched();
    }
}

// ---- Nobody is left ------------------------------------------------------------

static void
deadlock(void)
{
    go_waitgroup_add(&never, 1);
    starts_one();
    go(locks_and_waits);
    until_parked(2);
    outermost(1);
}

static void
deadlock_alone(void)
{
    go_waitgroup_add(&never, 1);
    go_waitgroup_wait(&never);
}

// T45: the one that waits has a thread of its own.
static void
deadlock_locked(void)
{
    go_lock_os_thread();
    deadlock_alone();
}

static void
deadlock_locked_other(void)
{
    go_waitgroup_add(&never, 1);
    go(locks_and_waits);
    go_lock_os_thread();
    go_waitgroup_wait(&never);
}

// The last one that runs ends, on another thread than the first.
static void
deadlock_after_others(void)
{
    go_waitgroup_add(&never, 1);
    for (int i = 0; i < 10; i++)
        go(yield, i * 10);
    go_waitgroup_wait(&never);
}

static void
goexit_main(void)
{
    go_goexit();
}

static void
worker(void)
{
    yield(50);
    printf("worker finished\n");
}

static void
goexit_main_others(void)
{
    go(worker);
    go_goexit();
}

static void
starts_another(void)
{
    yield(50);
    go(worker);
}

// The g of goroutine 1 is free by then, and the next one gets it.
static void
goexit_main_another(void)
{
    go(starts_another);
    go_goexit();
}

static void
goexit_main_locked(void)
{
    go_lock_os_thread();
    goexit_main_others();
}

// ---- Too much ------------------------------------------------------------------

static int
deep(int n)
{
    volatile char room[256];

    room[0] = (char)n;
    if (n < 0)
        return 0;
    return deep(n + 1) + room[0];
}

FRAME
overflows(int n)
{
    deep(n);
    STAY;
}

static void
overflow(void)
{
    go_with((&(struct go_attr){ .name = "deep" }), overflows, 0);
    for (;;)
        go_gosched();
}

static void
max_threads(void)
{
    go_waitgroup_add(&never, 1);
    go_set_max_threads(8);
    for (int i = 0; i < 20; i++)
        go(locks_and_waits);
    go_waitgroup_wait(&never);
}

static void
max_threads_low(void)
{
    struct go_waitgroup wg = { 0 };

    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&wg, yield, 10);
    go_waitgroup_wait(&wg);
    go_set_max_threads(1);
}

static void
max_threads_value(void)
{
    if (go_set_max_threads(50) != 10000 || go_set_max_threads(10000) != 50)
        exit(1);
}

// ---- Misuse --------------------------------------------------------------------

static void
go_nil(void)
{
    void (*fn)(void) = NULL;

    go(fn);
}

static void
go_nil_with(void)
{
    void (*fn)(int) = NULL;

    go_with((&(struct go_attr){ .name = "x" }), fn, 1);
}

static void
small_stack(void)
{
    go_with((&(struct go_attr){ .stack_max = 16383 }), nothing);
}

static void
wg_negative(void)
{
    struct go_waitgroup wg = { 0 };

    go_waitgroup_done(&wg);
    exit(0);
}

static void
wg_negative_add(void)
{
    struct go_waitgroup wg = { 0 };

    go_waitgroup_add(&wg, 5);
    go_waitgroup_add(&wg, -6);
    exit(0);
}

// The instant after the counter has come to 0, before those that wait are
// woken.
static void
wg_add_with_waiters(void)
{
    struct go_waitgroup wg = { .state = 1 };

    go_waitgroup_add(&wg, 1);
    exit(0);
}

static int
main_again(int argc, char **argv)
{
    (void)argv;
    return argc;
}

static void
nested(void)
{
    go_run(main_again, 0, NULL);
}

static void
nested_below(void)
{
    go(nested);
    for (;;)
        go_gosched();
}

static void
nests_in_coro(void *arg)
{
    (void)arg;
    nested();
}

static void
waits_in_coro(void *arg)
{
    (void)arg;
    innermost();
}

FRAME
resumes(void)
{
    go_coro_resume(go_coro_new(waits_in_coro, NULL));
    STAY;
}

static void
deadlock_in_coro(void)
{
    go_waitgroup_add(&never, 1);
    resumes();
}

static void
nested_in_coro(void)
{
    go_coro_resume(go_coro_new(nests_in_coro, NULL));
}

static void
exits_in_coro(void *arg)
{
    (void)arg;
    go_goexit();
}

static void
goexit_in_coro(void)
{
    go_coro_resume(go_coro_new(exits_in_coro, NULL));
}

// ---- Outside -------------------------------------------------------------------

static void out_go(void) { go(nothing); }
static void out_with(void) { go_with((&(struct go_attr){ .name = "x" }), nothing); }
static void out_wg_go(void) { go_waitgroup_go(&never, nothing); }
static void out_gosched(void) { go_gosched(); }
static void out_goexit(void) { go_goexit(); }
static void out_id(void) { go_id(); }
static void out_num(void) { go_num_goroutine(); }
static void out_procs(void) { go_gomaxprocs(2); }
static void out_procs_read(void) { go_gomaxprocs(0); }
static void out_lock(void) { go_lock_os_thread(); }
static void out_unlock(void) { go_unlock_os_thread(); }
static void out_threads(void) { go_set_max_threads(9); }
static void out_water(void) { go_stack_high_water(); }
static void out_add(void) { go_waitgroup_add(&never, 1); }
static void out_done(void) { go_waitgroup_done(&never); }
static void out_wait(void) { go_waitgroup_wait(&never); }
static void out_run(void) { go_run(main_again, 0, NULL); }

static const struct {
    const char *name;
    void (*fn)(void);
} publics[] = {
    { "go", out_go },
    { "go_with", out_with },
    { "go_waitgroup_go", out_wg_go },
    { "go_gosched", out_gosched },
    { "go_goexit", out_goexit },
    { "go_id", out_id },
    { "go_num_goroutine", out_num },
    { "go_gomaxprocs", out_procs },
    { "go_gomaxprocs-read", out_procs_read },
    { "go_lock_os_thread", out_lock },
    { "go_unlock_os_thread", out_unlock },
    { "go_set_max_threads", out_threads },
    { "go_stack_high_water", out_water },
    { "go_waitgroup_add", out_add },
    { "go_waitgroup_done", out_done },
    { "go_waitgroup_wait", out_wait },
    { "go_run", out_run },
};

static void
call(const char *name)
{
    for (unsigned i = 0; i < sizeof(publics) / sizeof(publics[0]); i++)
        if (strcmp(publics[i].name, name) == 0) {
            publics[i].fn();
            exit(0);
        }
    exit(3);
}

// What a child says, and how it ends, is ours.
static int
in_a_child(const char *name)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0)
        call(name);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static const char *asked;

static int
main_that_forks(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gosched();
    return in_a_child(asked);
}

static void
coro_that_forks(void *arg)
{
    *(int *)arg = in_a_child(asked);
}

static int
main_whose_coro_forks(int argc, char **argv)
{
    struct go_coro *co;
    int status = 0;

    (void)argc;
    (void)argv;
    co = go_coro_new(coro_that_forks, &status);
    go_coro_resume(co);
    go_coro_free(co);
    return status;
}

static int began, may_end;

static int
main_that_waits(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    STORE(&began, 1);
    while (!LOAD(&may_end))
        go_gosched();
    return 0;
}

static void *
runs(void *arg)
{
    go_run(main_that_waits, 0, NULL);
    return arg;
}

// Another thread is in go_run while this one calls `name`; forks first, maybe.
static int
beside_a_run(const char *name, bool forks)
{
    pthread_t thread;
    int status;

    pthread_create(&thread, NULL, runs, NULL);
    while (!LOAD(&began))
        ;
    if (!forks)
        call(name);
    status = in_a_child(name);
    STORE(&may_end, 1);
    pthread_join(thread, NULL);
    return status;
}

static void
coro_calls(void *arg)
{
    call(arg);
}

// ---- SIGQUIT -------------------------------------------------------------------

static int computing;

static void
computes(void)
{
    STORE(&computing, 1);
    for (;;)
        ;
}

static void
some_of_each(void)
{
    go_waitgroup_add(&never, 1);
    go_gomaxprocs(1);
    starts_one();
    go(locks_and_waits);
    until_parked(2);
    go_gomaxprocs(2);
    go(computes);
    while (!LOAD(&computing))
        ;
    go(nothing);                    // runnable: nobody has a thread for it
}

FRAME
raises(void)
{
    raise(SIGQUIT);
    STAY;
}

static void
quit_here(void)
{
    some_of_each();
    raises();
}

// From outside, to whichever thread the kernel takes.
static void
quit_from_outside(void)
{
    some_of_each();

    pid_t child = fork();

    if (child == 0) {
        kill(getppid(), SIGQUIT);
        _exit(0);
    }
    for (;;)
        ;
}

// For a kill of the shell.
static void
quit_wanted(void)
{
    go_gomaxprocs(1);
    go_waitgroup_add(&never, 1);
    starts_one();
    until_parked(1);
    printf("%d\n", getpid());
    fflush(stdout);
    // ThreadSanitizer lets a signal through when the C library is called.
    for (;;)
        usleep(1000);
}

static void
own_handler(int sig)
{
    (void)sig;
    write(1, "mine\n", 5);
}

static int
main_that_raises(int argc, char **argv)
{
    (void)argv;
    raise(SIGQUIT);
    return argc;
}

static int
main_that_sets_handler(int argc, char **argv)
{
    (void)argv;
    signal(SIGQUIT, own_handler);
    raise(SIGQUIT);
    return argc;
}

// A program's own handler is used, whether it came before the run or during it.
static int
quit_handled(void)
{
    signal(SIGQUIT, own_handler);
    if (go_run(main_that_raises, 3, NULL) != 3)
        return 1;
    raise(SIGQUIT);
    signal(SIGQUIT, SIG_IGN);
    if (go_run(main_that_raises, 3, NULL) != 3)
        return 1;
    signal(SIGQUIT, SIG_DFL);
    if (go_run(main_that_sets_handler, 3, NULL) != 3)
        return 1;
    raise(SIGQUIT);
    return 0;
}

// After the run SIGQUIT is what it was.
static int
quit_after(void)
{
    struct sigaction now;

    if (go_run(main_again, 0, NULL) != 0)
        return 1;
    sigaction(SIGQUIT, NULL, &now);
    return now.sa_handler == SIG_DFL ? 0 : 1;
}

// ---- How long ------------------------------------------------------------------

static struct g *sleeper;

static void
sleeps_long(void)
{
    STORE(&sleeper, getg());
    go_waitgroup_wait(&never);
}

static void
minutes(void)
{
    go_waitgroup_add(&never, 1);
    go(sleeps_long);
    while (LOAD(&sleeper) == NULL || g_status(sleeper) != G_WAITING)
        go_gosched();
    sleeper->since -= INT64_C(60000000000) * 3;
    go_waitgroup_wait(&never);
}

// ---- Races ---------------------------------------------------------------------

static int unprotected;

FRAME
touches(void)
{
    unprotected++;
    STAY;
}

static void
race(void)
{
    struct go_waitgroup wg = { 0 };

    for (int i = 0; i < 2; i++)
        go_waitgroup_go(&wg, touches);
    go_waitgroup_wait(&wg);
}

static void
race_one_thread(void)
{
    go_gomaxprocs(1);
    race();
}

static int met;

FRAME
touches_together(void)
{
    __atomic_fetch_add(&met, 1, __ATOMIC_RELAXED);
    while (__atomic_load_n(&met, __ATOMIC_RELAXED) < 2)
        ;
    touches();
}

static void
race_two_threads(void)
{
    struct go_waitgroup wg = { 0 };

    go_gomaxprocs(2);
    for (int i = 0; i < 2; i++)
        go_waitgroup_go(&wg, touches_together);
    go_waitgroup_wait(&wg);
}

// go and the end of a wait order what goroutines do; errno is each one's own.
static void
adds_after(struct go_waitgroup *before, struct go_waitgroup *after)
{
    go_waitgroup_wait(before);
    touches();
    errno = unprotected;
    yield(3);
    if (after != NULL)
        go_waitgroup_done(after);
}

static void
no_race_here(int procs)
{
    enum { N = 50 };
    static struct go_waitgroup turn[N + 1];
    struct go_waitgroup all = { 0 };

    go_gomaxprocs(procs);
    for (int i = 0; i <= N; i++)
        turn[i] = (struct go_waitgroup){ 0 };
    for (int i = 0; i <= N; i++)
        go_waitgroup_add(&turn[i], 1);
    for (int i = 0; i < N; i++) {
        touches();
        if (i == N - 1)
            for (int k = 0; k < N; k++)
                go_waitgroup_go(&all, adds_after, &turn[k], &turn[k + 1]);
    }
    go_waitgroup_done(&turn[0]);
    go_waitgroup_wait(&turn[N]);
    touches();
    go_waitgroup_wait(&all);
    touches();
}

static void
no_race(void)
{
    for (int procs = 1; procs <= 4; procs++)
        no_race_here(procs);
    exit(0);
}

static const struct {
    const char *name;
    void (*fn)(void);
} scenarios[] = {
    { "deadlock", deadlock },
    { "deadlock-alone", deadlock_alone },
    { "deadlock-locked", deadlock_locked },
    { "deadlock-locked-other", deadlock_locked_other },
    { "deadlock-in-coro", deadlock_in_coro },
    { "deadlock-after-others", deadlock_after_others },
    { "goexit-main", goexit_main },
    { "goexit-main-others", goexit_main_others },
    { "goexit-main-another", goexit_main_another },
    { "goexit-main-locked", goexit_main_locked },
    { "overflow", overflow },
    { "max-threads", max_threads },
    { "max-threads-low", max_threads_low },
    { "max-threads-value", max_threads_value },
    { "go-nil", go_nil },
    { "go-nil-with", go_nil_with },
    { "small-stack", small_stack },
    { "wg-negative", wg_negative },
    { "wg-negative-add", wg_negative_add },
    { "wg-add-with-waiters", wg_add_with_waiters },
    { "nested", nested },
    { "nested-below", nested_below },
    { "nested-in-coro", nested_in_coro },
    { "goexit-in-coro", goexit_in_coro },
    { "quit-here", quit_here },
    { "quit-from-outside", quit_from_outside },
    { "quit-wanted", quit_wanted },
    { "minutes", minutes },
    { "race-one-thread", race_one_thread },
    { "race-two-threads", race_two_threads },
    { "no-race", no_race },
};

static int
go_main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            scenarios[i].fn();
            return 0;
        }
    fprintf(stderr, "03-gmp_end: which scenario?\n");
    return 3;
}

int
main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "";

    asked = argc > 2 ? argv[2] : "";
    if (strcmp(how, "outside") == 0)
        call(asked);
    if (strcmp(how, "outside-after") == 0) {
        go_run(main_again, 0, NULL);
        call(asked);
    }
    if (strcmp(how, "outside-in-coro") == 0)
        go_coro_resume(go_coro_new(coro_calls, (void *)(uintptr_t)asked));
    if (strcmp(how, "beside") == 0)
        return beside_a_run(asked, false);
    if (strcmp(how, "forked-beside") == 0)
        return beside_a_run(asked, true);
    if (strcmp(how, "forked") == 0)
        return go_run(main_that_forks, 0, NULL);
    if (strcmp(how, "forked-in-coro") == 0)
        return go_run(main_whose_coro_forks, 0, NULL);
    if (strcmp(how, "main-is-null") == 0)
        return go_run(NULL, 0, NULL);
    if (strcmp(how, "quit-handled") == 0)
        return quit_handled();
    if (strcmp(how, "quit-after") == 0)
        return quit_after();
    return go_run(go_main, argc, argv);
}
