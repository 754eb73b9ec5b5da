/** @file 07-sync-more_pool.c  Pools: nobody has what another one has; what nobody
 * wants goes.
 *
 * One scenario a process: 07-sync-more_pool NAME. CHECK_SHARE says how many
 * percent of the work to do, on machines that are slow.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pool.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); \
    fflush(stdout); _exit(1); } } while (0)

static int
share(int n)
{
    const char *percent = getenv("CHECK_SHARE");

    n = percent != NULL ? n * atoi(percent) / 100 : n;
    return n < 1 ? 1 : n;
}

// What is pooled: who has it, and how often it was dropped.
struct thing {
    int user;
    int dropped;
};

static int made, dropped;

static void *
make(void)
{
    struct thing *t = calloc(1, sizeof(*t));

    REQUIRE(t != NULL);
    go_add(&made, 1);
    return t;
}

static void
drop(void *value)
{
    struct thing *t = value;

    REQUIRE(go_add(&t->dropped, 1) == 1);
    REQUIRE(go_load(&t->user) == 0);
    go_add(&dropped, 1);
    free(t);
}

static int
rest_of(struct go_pool *pool)
{
    struct thing *t;
    int n = 0;

    while ((t = go_pool_get(pool)) != NULL) {
        free(t);
        n++;
    }
    return n;
}

// ---- One goroutine ---------------------------------------------------------

static int
simple(void)
{
    struct go_pool pool = { 0 };
    int a, b, c;

    REQUIRE(go_pool_get(&pool) == NULL);
    go_pool_put(&pool, NULL);
    REQUIRE(go_pool_get(&pool) == NULL);
    go_pool_put(&pool, &a);
    REQUIRE(go_pool_get(&pool) == &a);
    REQUIRE(go_pool_get(&pool) == NULL);
    go_pool_put(&pool, &a);
    go_pool_put(&pool, &b);
    go_pool_put(&pool, &c);
    // Its own first; then that which was put last.
    REQUIRE(go_pool_get(&pool) == &a);
    REQUIRE(go_pool_get(&pool) == &c);
    REQUIRE(go_pool_get(&pool) == &b);
    REQUIRE(go_pool_get(&pool) == NULL);
    go_pool_free(&pool);
    go_pool_free(&pool);
    REQUIRE(go_pool_get(&pool) == NULL);
    go_pool_trim(&pool);
    return 0;
}

static int
makes(void)
{
    struct go_pool pool = { .make = make, .drop = drop };
    struct thing *t = go_pool_get(&pool);

    REQUIRE(made == 1);
    go_pool_put(&pool, t);
    REQUIRE(go_pool_get(&pool) == t && made == 1);
    REQUIRE(go_pool_get(&pool) != t && made == 2);
    return 0;
}

// More than fits into a ring at first.
static int
many(void)
{
    enum { N = 5000 };
    struct go_pool pool = { .drop = drop };
    static bool got[N];
    static struct thing t[N];

    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < N; i++)
            go_pool_put(&pool, &t[i]);
        memset(got, 0, sizeof(got));
        for (int i = 0; i < N; i++) {
            struct thing *x = go_pool_get(&pool);

            REQUIRE(x != NULL && !got[x - t]);
            got[x - t] = true;
        }
        REQUIRE(go_pool_get(&pool) == NULL);
    }
    go_pool_free(&pool);
    REQUIRE(dropped == 0);
    return 0;
}

// ---- Trimming --------------------------------------------------------------

static void
put_new(struct go_pool *pool, int n)
{
    for (int i = 0; i < n; i++)
        go_pool_put(pool, make());
}

// A value survives one trim, and not a second.
static int
trims(void)
{
    struct go_pool pool = { .drop = drop };

    go_gomaxprocs(1);
    put_new(&pool, 100);
    go_pool_trim(&pool);
    REQUIRE(dropped == 0);
    put_new(&pool, 10);
    go_pool_trim(&pool);
    REQUIRE(dropped == 100);
    REQUIRE(rest_of(&pool) == 10);
    put_new(&pool, 10);
    go_pool_trim(&pool);
    REQUIRE(rest_of(&pool) == 10);
    go_pool_trim(&pool);
    go_pool_trim(&pool);
    REQUIRE(dropped == 100);
    put_new(&pool, 7);
    go_pool_free(&pool);
    REQUIRE(dropped == 107);
    return 0;
}

// What is new is taken first, so that the old can go.
static int
victims_last(void)
{
    struct go_pool pool = { .drop = drop };
    struct thing *t;

    go_gomaxprocs(1);
    put_new(&pool, 2);
    go_pool_trim(&pool);
    t = make();
    go_pool_put(&pool, t);
    REQUIRE(go_pool_get(&pool) == t);
    free(t);
    REQUIRE(rest_of(&pool) == 2);
    go_pool_free(&pool);
    return 0;
}

// Without drop nothing is lost.
static int
keeps(void)
{
    struct go_pool pool = { 0 };

    put_new(&pool, 100);
    for (int i = 0; i < 5; i++)
        go_pool_trim(&pool);
    REQUIRE(rest_of(&pool) == 100);
    go_pool_free(&pool);
    return 0;
}

// As if the last trim had been long ago: one of the next puts trims.
static void
let_time_pass(struct go_pool *pool)
{
    struct pool *q = pool->all;

    atomic_store_relaxed(&q->since, world.now_coarse() - PERIOD);
    for (int i = 0; i < LOOKS; i++) {
        struct thing *t = go_pool_get(pool);

        go_pool_put(pool, t != NULL ? t : make());
    }
}

static int
by_time(void)
{
    struct go_pool pool = { .make = make, .drop = drop };

    go_gomaxprocs(1);
    put_new(&pool, 1000);
    REQUIRE(dropped == 0);
    let_time_pass(&pool);
    REQUIRE(dropped == 0);
    let_time_pass(&pool);
    REQUIRE(dropped == 999);            // the first one is in use all the time
    go_pool_free(&pool);
    REQUIRE(made == dropped);
    return 0;
}

// drop, and make, may use the pool, and wait.
static struct go_pool busy;

static void
drop_busily(void *value)
{
    go_gosched();
    drop(value);
    go_pool_put(&busy, make());
    go_gosched();
    free(go_pool_get(&busy));
    go_pool_trim(&busy);                // somebody is at it
}

static int
drop_uses_pool(void)
{
    busy.drop = drop_busily;
    put_new(&busy, 50);
    go_pool_trim(&busy);
    go_pool_trim(&busy);
    go_pool_trim(&busy);
    busy.drop = drop;
    go_pool_free(&busy);
    return 0;
}

// ---- Several ---------------------------------------------------------------

// A has a value, B does not: if it does, they meet.
static void
uses(struct go_pool *pool, int n, int hold)
{
    struct thing *mine[8];

    for (int i = 0; i < n; i++) {
        const int k = 1 + i % hold;

        for (int j = 0; j < k; j++) {
            mine[j] = go_pool_get(pool);
            REQUIRE(go_add(&mine[j]->user, 1) == 1);
        }
        if (i % 7 == 0)
            go_gosched();
        if (i % 1000 == 999)
            go_pool_trim(pool);
        for (int j = 0; j < k; j++) {
            REQUIRE(go_add(&mine[j]->user, -1) == 0);
            go_pool_put(pool, mine[j]);
        }
    }
}

static int
stress(void)
{
    struct go_pool pool = { .make = make, .drop = drop };
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 16; i++)
        go_waitgroup_go(&wg, uses, &pool, share(20000), 1 + i % 8);
    go_waitgroup_wait(&wg);
    go_pool_free(&pool);
    REQUIRE(made == dropped);
    return 0;
}

static int
procs_change(void)
{
    struct go_pool pool = { .make = make, .drop = drop };
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, uses, &pool, share(5000), 4);
    for (int i = 0; i < 50; i++) {
        go_gomaxprocs(1 + i % 5);
        go_gosched();
    }
    go_waitgroup_wait(&wg);
    go_pool_free(&pool);
    REQUIRE(made == dropped);
    return 0;
}

// What one goroutine has put, others find, wherever they run.
static void
takes(struct go_pool *pool, int *n)
{
    for (;;) {
        struct thing *t = go_pool_get(pool);

        if (t == NULL)
            return;
        free(t);
        go_add(n, 1);
        go_gosched();
    }
}

static int
found_by_others(void)
{
    enum { N = 1000 };
    struct go_pool pool = { .drop = drop };
    struct go_waitgroup wg = {0};
    int n = 0;

    put_new(&pool, N);
    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, takes, &pool, &n);
    go_waitgroup_wait(&wg);
    // What stands in the place of a p is only that one's.
    REQUIRE(n + go_gomaxprocs(0) >= N);
    go_pool_free(&pool);
    REQUIRE(n + dropped == N);
    return 0;
}

// As one has it in a program: nobody ever frees it.
static void *
make_buffer(void)
{
    return malloc(4096);
}

static int
never_freed(void)
{
    static struct go_pool buffers = { .make = make_buffer, .drop = free };
    void *all[10];

    for (int i = 0; i < 10; i++)
        all[i] = go_pool_get(&buffers);
    for (int i = 0; i < 10; i++)
        go_pool_put(&buffers, all[i]);
    return 0;
}

static const struct { const char *name; int (*fn)(void); } scenarios[] = {
    { "simple", simple }, { "makes", makes }, { "many", many },
    { "trims", trims }, { "victims-last", victims_last }, { "keeps", keeps },
    { "by-time", by_time }, { "drop-uses-pool", drop_uses_pool },
    { "stress", stress }, { "procs-change", procs_change },
    { "found-by-others", found_by_others }, { "never-freed", never_freed },
};

static int
go_main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "07-sync-more_pool: which scenario?\n");
    return 2;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
