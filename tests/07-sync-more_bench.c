/** @file 07-sync-more_bench.c  What pools, maps and groups cost.
 *
 * pool_pair          one goroutine gets a value and puts it back, ns for both
 * pool_pair8         the same, eight goroutines
 * pool_burst         32 are taken, and put back, ns each
 * map_load           one goroutine loads, of 1,000 keys, ns
 * map_load8          the same, eight goroutines
 * map_load_text      the same, keys are strings
 * map_store          one goroutine stores to keys that are there, ns
 * map_insert         one goroutine stores a key and deletes it, ns for both
 * map_mixed8         eight goroutines: of 32 operations one stores, one deletes,
 *                    the others load, ns
 * map_ask8           eight goroutines, load or store of one key, ns
 * weighted_pair      acquire and release, nobody else, ns for both
 * errgroup_task      a goroutine of a group, begun and ended, ns
 * flight_alone       a call for which nobody waits, ns
 *
 * Procs: 1 2
 */
#include "bench.h"
#include "goroutine.h"

static const char *us = "libgoroutine";

static void
in_parallel(void (*fn)(long n, int who), long n)
{
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, fn, n / 8 + 1, i);
    go_waitgroup_wait(&wg);
}

// ---- Pool ------------------------------------------------------------------

static void *
make_value(void)
{
    return malloc(64);
}

static struct go_pool pool = { .make = make_value, .drop = free };

static void
pool_pairs(long n, int who)
{
    (void)who;
    for (long i = 0; i < n; i++)
        go_pool_put(&pool, go_pool_get(&pool));
}

static void
pool_pair(long n)
{
    pool_pairs(n, 0);
}

static void
pool_pair8(long n)
{
    in_parallel(pool_pairs, n);
}

static void
pool_burst(long n)
{
    void *value[32];

    for (long i = 0; i < n; i++) {
        for (int k = 0; k < 32; k++)
            value[k] = go_pool_get(&pool);
        for (int k = 0; k < 32; k++)
            go_pool_put(&pool, value[k]);
    }
}

// ---- Map -------------------------------------------------------------------

enum { KEYS = 1000 };

static struct go_map words, texts = GO_MAP_OF_TEXTS, churning;
static char text[KEYS][16];

static void
fill(void)
{
    for (uintptr_t i = 0; i < KEYS; i++) {
        snprintf(text[i], sizeof(text[i]), "key number %d", (int)i);
        go_map_store(&words, (void *)i, (void *)i);
        go_map_store(&texts, text[i], (void *)i);
        go_map_store(&churning, (void *)i, (void *)i);
    }
}

static void
loads(long n, int who)
{
    uintptr_t k = (uintptr_t)who * 100;
    void *v;

    for (long i = 0; i < n; i++) {
        go_map_load(&words, (void *)k, &v);
        if (++k == KEYS)
            k = 0;
    }
}

static void
map_load(long n)
{
    loads(n, 0);
}

static void
map_load8(long n)
{
    in_parallel(loads, n);
}

static void
map_load_text(long n)
{
    void *v;

    for (long i = 0, k = 0; i < n; i++) {
        go_map_load(&texts, text[k], &v);
        if (++k == KEYS)
            k = 0;
    }
}

static void
map_store(long n)
{
    for (uintptr_t i = 0, k = 0; i < (uintptr_t)n; i++) {
        go_map_store(&words, (void *)k, (void *)i);
        if (++k == KEYS)
            k = 0;
    }
}

static void
map_insert(long n)
{
    for (uintptr_t i = 0; i < (uintptr_t)n; i++) {
        go_map_store(&words, (void *)(i + KEYS), (void *)i);
        go_map_delete(&words, (void *)(i + KEYS));
    }
}

static void
mixes(long n, int who)
{
    uint64_t x = (uint64_t)who;
    void *v;

    for (long i = 0; i < n; i++) {
        x = x * 6364136223846793005 + 1442695040888963407;

        const uintptr_t k = x >> 33 & 1023;

        switch (x >> 50 & 31) {
        case 0: go_map_store(&churning, (void *)k, (void *)k); break;
        case 1: go_map_delete(&churning, (void *)k); break;
        default: go_map_load(&churning, (void *)k, &v);
        }
    }
}

static void
map_mixed8(long n)
{
    in_parallel(mixes, n);
}

static void
ask_for_one(long n, int who)
{
    void *v;

    (void)who;
    for (long i = 0; i < n; i++)
        go_map_load_or_store(&words, (void *)7, (void *)1, &v);
}

static void
map_ask8(long n)
{
    in_parallel(ask_for_one, n);
}

// ---- Groups ----------------------------------------------------------------

static void
weighted_pair(long n)
{
    struct go_weighted w = { .size = 10 };

    for (long i = 0; i < n; i++) {
        go_weighted_acquire(&w, 3, NULL);
        go_weighted_release(&w, 3);
    }
}

static int
nothing(void *arg)
{
    (void)arg;
    return 0;
}

static void
errgroup_task(long n)
{
    while (n > 0) {
        struct go_errgroup eg = {0};

        for (int i = 0; i < 1000 && n > 0; i++, n--)
            go_errgroup_go(&eg, nothing, NULL);
        go_errgroup_wait(&eg);
    }
}

static int
answer(void *arg, void **value)
{
    *value = arg;
    return 0;
}

static void
flight_alone(long n)
{
    static struct go_singleflight sf;
    void *value;

    for (long i = 0; i < n; i++)
        go_singleflight_do(&sf, "some key", answer, &sf, &value, NULL);
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    if (bench_wanted != NULL)
        fill();
    bench(us, "pool_pair", pool_pair, 1);
    bench(us, "pool_pair8", pool_pair8, 1);
    bench(us, "pool_burst", pool_burst, 32);
    bench(us, "map_load", map_load, 1);
    bench(us, "map_load8", map_load8, 1);
    bench(us, "map_load_text", map_load_text, 1);
    bench(us, "map_store", map_store, 1);
    bench(us, "map_insert", map_insert, 1);
    bench(us, "map_mixed8", map_mixed8, 1);
    bench(us, "map_ask8", map_ask8, 1);
    bench(us, "weighted_pair", weighted_pair, 1);
    bench(us, "errgroup_task", errgroup_task, 1);
    bench(us, "flight_alone", flight_alone, 1);
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
