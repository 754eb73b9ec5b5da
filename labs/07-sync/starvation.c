/** @file starvation.c  One who comes often, and one who comes once.
 *
 * A goroutine has a mutex nearly always: whenever it gives it back, it takes it
 * again at once. Another goroutine wants it once. It is woken each time that the
 * mutex is given back, and each time it comes too late, for who runs already is
 * faster than who must be woken.
 *
 * With the mutex of Go 1.8 (HISTORY=07-sync/mutex-1.8) that lasts for as long as
 * the first one likes. Today's has a starvation mode: who has waited for more
 * than a millisecond, and comes too late again, is handed the mutex.
 *
 * There is one p, and nobody is stopped in the middle: so each run is the same.
 */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 50, HELD = 2000000 };           // ns

static struct go_mutex mu;
static int rounds;              // how often the first one has had it; mu
static int rounds_before;       // before the other one has had it; mu

static int64_t
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void
comes_often(void)
{
    for (int i = 0; i < ROUNDS; i++) {
        go_mutex_lock(&mu);
        rounds++;
        for (const int64_t since = now(); now() - since < HELD;)
            go_gosched();
        go_mutex_unlock(&mu);
    }
}

static void
comes_once(void)
{
    go_mutex_lock(&mu);
    rounds_before = rounds;
    go_mutex_unlock(&mu);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup both = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_go(&both, comes_once);
    go_waitgroup_go(&both, comes_often);        // begins first: runnext
    go_waitgroup_wait(&both);
    printf("the one who came once had it after %d of %d rounds\n", rounds_before, ROUNDS);
    return 0;
}

int
main(int argc, char **argv)
{
    setenv("GODEBUG", "asyncpreemptoff=1", 1);
    return go_run(go_main, argc, argv);
}
