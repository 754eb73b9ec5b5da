/** @file state.c  What stands in the word of a mutex, and who sleeps on it?
 *
 * Looks behind goroutine.h.
 */
#include <sys/resource.h>
#include <time.h>

#include "../01-context/claim.h"
#include "mutex.h"
#include "semaroot.h"

static struct go_mutex mu;
static int counter, handed_after, rounds;
static bool stop;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static int64_t
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static uint32_t
sleepers(void)
{
    return atomic_load(&sema_root(sema_of(&mu))->waiters);
}

static long
switches(void)
{
    struct rusage usage;

    getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nvcsw;
}

static void
adds(int times)
{
    for (int i = 0; i < times; i++) {
        go_mutex_lock(&mu);

        const int before = counter;

        go_gosched();
        counter = before + 1;
        go_mutex_unlock(&mu);
    }
}

static void
locks_once(void)
{
    go_mutex_lock(&mu);
    handed_after = rounds;
    go_mutex_unlock(&mu);
}

static void
computes(void)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        ;
}

// Whether it is ever worth waiting awake, on so many p's.
static bool
spins(int procs)
{
    struct go_waitgroup wg = {0};
    bool helps = false;

    go_gomaxprocs(procs);
    __atomic_store_n(&stop, false, __ATOMIC_RELAXED);
    if (procs > 1)
        go_waitgroup_go(&wg, computes);
    for (const int64_t since = now(); !helps && now() - since < (procs > 1 ? 5000000000 : 10000000);)
        helps = spin_helps(getg()->m, 0);
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    go_waitgroup_wait(&wg);
    go_gomaxprocs(1);
    return helps;
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};
    char text[100];

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);

    // Nobody else wants it.
    go_mutex_lock(&mu);
    const uint32_t locked = mu.state;
    const uint32_t slept = sleepers();
    go_mutex_unlock(&mu);
    const bool fast = locked == LOCKED && slept == 0 && mu.state == 0;

    verdict("7.5 7.8", is(fast), "state went from 0 to 1 and back, nobody slept");
    verdict("7.9", is(fast), "Go subtracts 1; ours is a cas, 1 to 0");

    // Two want it, and sleep.
    go_mutex_lock(&mu);
    go_waitgroup_go(&wg, locks_once);
    go_waitgroup_go(&wg, locks_once);
    go_gosched();
    go_gosched();
    const uint32_t wanted = mu.state, asleep = sleepers();
    go_mutex_unlock(&mu);
    const uint32_t woken = mu.state, left = sleepers();
    go_mutex_lock(&mu);
    go_mutex_unlock(&mu);
    const uint32_t again = sleepers();
    go_waitgroup_wait(&wg);

    snprintf(text, sizeof(text), "state 0x%x while two wait: locked, and how many wait", wanted);
    verdict("7.3", is(wanted == 2 * ONE_WAITER + LOCKED && asleep == 2), text);
    snprintf(text, sizeof(text), "%u sleep on the semaphore", asleep);
    verdict("7.7", is(asleep == 2), text);
    verdict("7.10", left == 1 && (woken & WOKEN) != 0 && again == 1 ? "half true" : "false",
            "one was woken; as long as that one is awake, no other is");

    // Each lock finds it taken.
    const long before = switches();

    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, adds, 1000);
    go_waitgroup_wait(&wg);
    const long kernel = switches() - before;

    verdict("7.1", is(counter == 4000), "4 goroutines added 1, 1000 times each: nothing was lost");
    snprintf(text, sizeof(text), "goroutines sleep, threads do not: %s than 100 switches by the kernel",
             kernel < 100 ? "fewer" : "more");
    verdict("7.2", kernel < 100 ? "half true" : "true", text);

    // One has it nearly always.
    go_mutex_lock(&mu);
    go_waitgroup_go(&wg, locks_once);
    bool starving = false;
    for (rounds = 1; rounds < 20; rounds++) {
        for (const int64_t since = now(); now() - since < 2000000;)
            go_gosched();
        starving = starving || (mu.state & STARVING) != 0;
        go_mutex_unlock(&mu);
        go_mutex_lock(&mu);
    }
    go_mutex_unlock(&mu);
    go_waitgroup_wait(&wg);
    snprintf(text, sizeof(text), "who came once was handed it after %d rounds of 20", handed_after);
    verdict("7.28", is(starving && handed_after < 5), text);
    verdict("7.4", is(starving), "these three, and a fourth: one of those who wait is awake");

    const bool one = spins(1), three = spins(3);

    verdict("7.6", is(!one && three),
            "never with one p; with more at most 4 times, if nobody waits for this p");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
