/** @file 01-context_seams.c  The three seams do what they say.
 *
 * One scenario a process: 01-context_seams NAME.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "gstatus.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); exit(1); } } while (0)

static void
memory(void)
{
    enum { PAGE = 4096 };
    unsigned char *p = world.map(3 * PAGE);

    REQUIRE(p != NULL);
    for (int i = 0; i < 3 * PAGE; i++)
        REQUIRE(p[i] == 0);
    p[PAGE] = 1;
    REQUIRE(world.guard(p, PAGE) == 0);

    pid_t child = fork();
    int status;

    if (child == 0) {
        p[PAGE - 1] = 1;
        _exit(0);
    }
    waitpid(child, &status, 0);
    REQUIRE(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
    REQUIRE(world.unmap(p, 3 * PAGE) == 0);
    REQUIRE(world.map((size_t)1 << 62) == NULL && errno == ENOMEM);
    REQUIRE(world.unmap(p + 1, PAGE) == -1 && errno == EINVAL);
}

static void
clock_and_random(void)
{
    int64_t before = world.now();
    uint64_t a[4], b[4];

    for (int i = 0; i < 1000; i++) {
        int64_t now = world.now();

        REQUIRE(now >= before);
        before = now;
    }
    REQUIRE(world.random(a, sizeof(a)) == 0);
    REQUIRE(world.random(b, sizeof(b)) == 0);
    REQUIRE(memcmp(a, b, sizeof(a)) != 0);
}

static uint32_t word;
static ATOMIC(int) started;

static void *
wakes(void *arg)
{
    REQUIRE(arg == &word);
    atomic_store(&started, 1);
    __atomic_store_n(&word, 1, __ATOMIC_SEQ_CST);
    while (world.futex_wake(&word, 1) == 0 &&
           __atomic_load_n(&word, __ATOMIC_SEQ_CST) != 2)
        ;
    return NULL;
}

static void
futex_and_thread(void)
{
    // Not what we believe: back at once. Nobody wakes: back in time.
    REQUIRE(world.futex_wait(&word, 5, -1) == -1 && errno == EAGAIN);

    int64_t before = world.now();

    REQUIRE(world.futex_wait(&word, 0, 2000000) == -1 && errno == ETIMEDOUT);
    REQUIRE(world.now() - before >= 2000000);
    REQUIRE(world.futex_wake(&word, 1) == 0);

    REQUIRE(world.thread(wakes, &word) == 0);
    while (__atomic_load_n(&word, __ATOMIC_SEQ_CST) == 0)
        world.futex_wait(&word, 0, -1);
    REQUIRE(atomic_load(&started) == 1);
    __atomic_store_n(&word, 2, __ATOMIC_SEQ_CST);
}

static void
atomics(void)
{
    ATOMIC(long) n = { 5 };
    long expected = 4;

    REQUIRE(atomic_load(&n) == 5);
    atomic_store(&n, 6);
    REQUIRE(atomic_load_acquire(&n) == 6);
    atomic_store_release(&n, 7);
    REQUIRE(atomic_load_relaxed(&n) == 7);
    atomic_store_relaxed(&n, 8);
    REQUIRE(atomic_add(&n, -3) == 5);
    REQUIRE(atomic_swap(&n, 9) == 5);
    REQUIRE(!atomic_cas(&n, &expected, 1));
    REQUIRE(expected == 9);
    REQUIRE(atomic_cas(&n, &expected, 1));
    REQUIRE(atomic_load(&n) == 1);
    atomic_fence();
}

static void
good_status(void)
{
    struct g gp = { .status = { G_IDLE } };

    g_set_status(&gp, G_IDLE, G_WAITING);
    g_set_status(&gp, G_WAITING, G_RUNNING);
    REQUIRE(g_status(&gp) == G_RUNNING);
    g_set_status(&gp, G_RUNNING, G_DEAD);
    REQUIRE(g_status(&gp) == G_DEAD);
}

static void
bad_status(void)
{
    struct g gp = { .status = { G_DEAD } };

    g_set_status(&gp, G_WAITING, G_RUNNING);
}

static void
long_text(void)
{
    fatal("%0300d", 1);
}

static void *
asks(void *arg)
{
    *(struct g **)arg = g_current();
    return NULL;
}

// Each thread has a g of its own, and always the same.
static void
current_g(void)
{
    struct g *here, *there;
    pthread_t thread;

    REQUIRE(getg() == NULL);
    here = g_current();
    REQUIRE(here != NULL && getg() == here && g_current() == here);
    REQUIRE(&here->m->g0 == here);
    REQUIRE(pthread_create(&thread, NULL, asks, &there) == 0);
    pthread_join(thread, NULL);
    REQUIRE(there != NULL && there != here);
    REQUIRE(getg() == here);
}

static const struct {
    const char *name;
    void (*fn)(void);
} scenarios[] = {
    { "memory", memory },
    { "clock-and-random", clock_and_random },
    { "futex-and-thread", futex_and_thread },
    { "atomics", atomics },
    { "good-status", good_status },
    { "bad-status", bad_status },
    { "long-text", long_text },
    { "current-g", current_g },
};

int
main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            scenarios[i].fn();
            return 0;
        }
    fprintf(stderr, "01-context_seams: which scenario?\n");
    return 2;
}
