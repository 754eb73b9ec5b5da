/** @file 07-sync-more_cpp.cpp  Pool, map, groups and the others from C++. */
#include <cstdio>
#include <cstdlib>

#include "goroutine.h"

#define REQUIRE(x) do { if (!(x)) { \
    std::printf("line %d: not so: %s\n", __LINE__, #x); return 1; } } while (0)

static void *
make()
{
    return std::malloc(16);
}

static struct go_pool buffers = { make, std::free, nullptr, 0 };
static struct go_map ages = GO_MAP_OF_TEXTS;

static long
compute()
{
    return 42;
}

static void
nothing()
{
}

go_once_value(long, answer, compute);
go_once_func(prepare, nothing);

static int
task(void *arg)
{
    return static_cast<int>(reinterpret_cast<intptr_t>(arg));
}

static int
fetch(void *arg, void **value)
{
    *value = arg;
    return 0;
}

static bool
count(const void *, void *, void *arg)
{
    ++*static_cast<int *>(arg);
    return true;
}

// ---- What throws -----------------------------------------------------------

static struct go_singleflight flights;
static struct go_map shown = {};
static go_chan(struct go_flight) follows;
static int told;

// Somebody else wants the same meanwhile.
static int
fetch_and_throw(void *, void **)
{
    follows = go_singleflight_do_chan(&flights, "k", fetch, nullptr);
    throw 7;
}

static bool
show_and_throw(const void *, void *, void *)
{
    throw 8;
}

// Both have ended when it is caught: so go_goexit finds nothing to do.
static void
throws()
{
    int caught = 0;

    try {
        go_singleflight_do(&flights, "k", fetch_and_throw, nullptr, nullptr, nullptr);
    } catch (int e) {
        caught += e;
    }
    try {
        go_map_range(&shown, show_and_throw, nullptr);
    } catch (int e) {
        caught += e;
    }
    told = caught;
    go_goexit();
}

static int
thrown()
{
    struct go_waitgroup wg = {};
    void *v;

    go_map_store(&shown, &told, nullptr);
    go_waitgroup_go(&wg, throws);
    go_waitgroup_wait(&wg);
    REQUIRE(told == 15);
    REQUIRE(go_singleflight_do(&flights, "k", fetch, &told, &v, nullptr) == 0);
    REQUIRE(v == &told);
    REQUIRE(shown.ranging[0] + shown.ranging[1] == 0);
    go_map_free(&shown);
    return 0;
}

static int
go_main(int, char **)
{
    void *v = go_pool_get(&buffers);
    int n = 0;
    bool shared;

    go_pool_put(&buffers, v);
    REQUIRE(go_pool_get(&buffers) == v);
    go_pool_put(&buffers, v);
    go_pool_free(&buffers);

    go_map_store(&ages, "gopher", &n);
    REQUIRE(go_map_load(&ages, "gopher", &v) && v == &n);
    go_map_range(&ages, count, &n);
    REQUIRE(n == 1);
    go_map_free(&ages);

    struct go_weighted w = { 3, 0, nullptr, nullptr, 0 };
    go_chan(struct go_unit) done = go_make_chan(struct go_unit, 0);

    REQUIRE(go_weighted_acquire(&w, 2, nullptr));
    go_close(done);
    REQUIRE(!go_weighted_acquire(&w, 1, done));
    go_weighted_release(&w, 2);
    go_free_chan(done);

    struct go_errgroup eg = {};

    eg.done = go_make_chan(struct go_unit, 0);
    go_errgroup_go(&eg, task, reinterpret_cast<void *>(5));
    (void)go_recv(eg.done);
    REQUIRE(go_errgroup_wait(&eg) == 5);
    go_free_chan(eg.done);

    struct go_singleflight sf = {};

    REQUIRE(go_singleflight_do(&sf, "k", fetch, &n, &v, &shared) == 0);
    REQUIRE(v == &n && !shared);

    go_chan(struct go_flight) ch =
        go_singleflight_do_chan(&sf, "k", fetch, &n);
    struct go_flight flight = go_recv(ch);

    REQUIRE(flight.value == &n && flight.error == 0 && !flight.shared);
    go_free_chan(ch);
    prepare();
    REQUIRE(answer() == 42);
    return thrown();
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
