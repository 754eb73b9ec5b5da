/** @file 07-sync_faults.c  All of channels and sync that asks for memory.
 *
 * 07-sync_faults NAME. Each is right in a world that does not fail, and prints
 * nothing; tests/faults.bats says which call fails meanwhile.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "goroutine.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); exit(1); } } while (0)

enum { MANY = 200 };

static void
sends(go_chan(int) to)
{
    go_send(to, 5);
}

static void
select_many(void)
{
    struct go_case cases[MANY];
    go_chan(int) ch = go_make_chan(int, 0);
    int n = 0;

    for (int i = 0; i < MANY; i++)
        cases[i] = go_case_recv(ch, &n);
    go(sends, ch);
    REQUIRE(go_select_n(cases, MANY) < MANY && n == 5);
    go_free_chan(ch);
}

static void
map(void)
{
    struct go_map m = GO_MAP_OF_TEXTS;
    void *value;
    char key[16];

    for (intptr_t i = 0; i < MANY; i++) {
        snprintf(key, sizeof(key), "%d", (int)i);
        go_map_store(&m, key, (void *)i);
    }
    for (intptr_t i = 0; i < MANY; i++) {
        snprintf(key, sizeof(key), "%d", (int)i);
        REQUIRE(go_map_load(&m, key, &value) && value == (void *)i);
    }
    go_map_free(&m);
}

static void
comes_and_goes(struct go_map *m, intptr_t key)
{
    void *value;

    for (intptr_t i = 0; i < 50 * MANY; i++) {
        go_map_store(m, (void *)key, (void *)i);
        REQUIRE(go_map_load(m, (void *)key, &value) && value == (void *)i);
        go_map_delete(m, (void *)key);
    }
}

// What is not needed is freed, but for the last. (n_retired is private: nothing
// else tells of it but the memory of the process.)
static void
churn(bool freed)
{
    static struct go_map m;
    struct go_waitgroup wg = {0};

    for (intptr_t key = 1; key <= 4; key++)
        go_waitgroup_go(&wg, comes_and_goes, &m, key);
    go_waitgroup_wait(&wg);
    comes_and_goes(&m, 5);              // nobody is in the middle of it any more
    REQUIRE(freed == (m.n_retired < 10 * MANY));
    go_map_free(&m);
}

static void
map_frees(void)
{
    churn(true);
}

static void
map_keeps(void)
{
    churn(false);
}

static void
pool(void)
{
    static struct go_pool pool;
    static char piece[MANY];
    int n = 0;

    for (int i = 0; i < MANY; i++)
        go_pool_put(&pool, &piece[i]);
    while (go_pool_get(&pool) != NULL)
        n++;
    REQUIRE(n == MANY);
    go_pool_free(&pool);
}

static int
fetch(void *arg, void **value)
{
    *value = arg;
    return 7;
}

static void
flight(void)
{
    static struct go_singleflight sf;
    go_chan(struct go_flight) ch =
        go_singleflight_do_chan(&sf, "k", fetch, &sf);

    REQUIRE(go_recv(ch).value == &sf);
    go_free_chan(ch);
}

static bool runs;

static void
says_so(void)
{
    go_store(&runs, true);
}

// Who waits behind a thread that sleeps in the kernel is fetched, though those who
// are alone cannot be made to pass a fence (any more).
static void
alone(void)
{
    for (int round = 0; round < 5; round++) {
        go_store(&runs, false);
        go(says_so);
        for (int i = 0; i < 1000 && !go_load(&runs); i++)
            usleep(10000);
        REQUIRE(go_load(&runs));
    }
}

static const struct scenario {
    const char *name;
    void (*run)(void);
} scenarios[] = {
    { "select", select_many }, { "map", map }, { "pool", pool },
    { "flight", flight }, { "map-frees", map_frees }, { "map-keeps", map_keeps },
    { "alone", alone },
};

static int
go_main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            scenarios[i].run();
            return 0;
        }
    fprintf(stderr, "07-sync_faults: which scenario?\n");
    return 3;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
