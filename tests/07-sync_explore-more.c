/** @file 07-sync_explore-more.c  The protocols of pool, map, weighted semaphore,
 * errgroup and singleflight, in every order.
 *
 * In these builds a deque has room for two at first, and a map frees as soon as
 * it can (lib/explore/syncsize.h). Pools and maps are tried without a scheduler:
 * threads of the check play m's, each with a goroutine that runs for ever. The
 * others park, and are tried as programs on two p's, with one preemption;
 * 07-sync_explore-groups.c goes further, without the scheduler below.
 */
#include "explore.h"
#include "lock.h"
#include "pool.h"
#include "schedt.h"

#include "epoch.h"

// ---- Threads that are m's --------------------------------------------------

enum { WORKERS = 3 };

static struct sched *s;
static struct m worker[WORKERS];
static struct g runner[WORKERS];

static void
make_workers(void)
{
    s = world.map(sizeof(*s));
    s->procs = s->procs_most = WORKERS;
    for (int i = 0; i < WORKERS; i++) {
        s->p[i].sched = s;
        s->p[i].status = P_RUNNING;
        worker[i].p = &s->p[i];
        worker[i].sched = s;
        worker[i].curg = &runner[i];
        runner[i].m = &worker[i];
        runner[i].id = (uint64_t)i + 1;
    }
    setg(&runner[0]);
}

static void
be(int i)
{
    setg(&runner[i]);
}

static void *
word(uintptr_t n)
{
    return (void *)n;
}

// ---- A deque ---------------------------------------------------------------

enum { ITEMS = 6 };

static struct deque deque;
static int taken[ITEMS + 1];

static void
count(void *x)
{
    if (x != NULL) {
        taken[(uintptr_t)x]++;
        EXPLORE_REQUIRE(taken[(uintptr_t)x] == 1);
    }
}

static void
push(uintptr_t n)
{
    EXPLORE_REQUIRE(deque_push(&deque, word(n)));
}

static void
require_all(int n)
{
    for (void *x; (x = deque_pop(&deque)) != NULL; )
        count(x);
    EXPLORE_REQUIRE(deque_steal(&deque) == NULL);
    for (int i = 1; i <= n; i++)
        EXPLORE_REQUIRE(taken[i] == 1);
}

static void
steals_one(void *arg)
{
    (void)arg;
    count(deque_steal(&deque));
}

static void
steals_two(void *arg)
{
    steals_one(arg);
    steals_one(arg);
}

static void
last_one(void)
{
    push(1);
    explore_thread(steals_one, NULL);
    count(deque_pop(&deque));
    push(2);
    count(deque_pop(&deque));
    explore_join();
    require_all(2);
}

static void
two_thieves(void)
{
    push(1);
    push(2);
    explore_thread(steals_one, NULL);
    explore_thread(steals_one, NULL);
    count(deque_pop(&deque));
    explore_join();
    require_all(2);
}

// The ring grows while a thief looks at the old one, and slots are used again.
static void
grows(void)
{
    push(1);
    push(2);
    explore_thread(steals_two, NULL);
    push(3);
    count(deque_pop(&deque));
    push(4);
    push(5);
    explore_join();
    require_all(5);
}

// ---- A pool ----------------------------------------------------------------

static int dropped[ITEMS + 1];

static void
drop(void *x)
{
    dropped[(uintptr_t)x]++;
    count(x);
}

static struct go_pool pool = { .drop = drop };

static void
gets(void *arg)
{
    be((int)(uintptr_t)arg);
    count(go_pool_get(&pool));
}

static void
require_pool(int n)
{
    for (void *x; (x = go_pool_get(&pool)) != NULL; )
        count(x);
    go_pool_free(&pool);
    for (int i = 1; i <= n; i++)
        EXPLORE_REQUIRE(taken[i] == 1);
}

// Who puts, and takes again; and another p that steals.
static void
pool_steal(void)
{
    make_workers();
    go_pool_put(&pool, word(1));
    explore_thread(gets, word(1));
    go_pool_put(&pool, word(2));
    count(go_pool_get(&pool));
    count(go_pool_get(&pool));
    explore_join();
    require_pool(2);
}

// Two p's use it for the first time.
static void
puts_and_gets(void *arg)
{
    be(1);
    go_pool_put(&pool, word((uintptr_t)arg));
    go_pool_put(&pool, word((uintptr_t)arg + 1));
    count(go_pool_get(&pool));
}

static void
pool_begins(void)
{
    make_workers();
    explore_thread(puts_and_gets, word(1));
    go_pool_put(&pool, word(3));
    go_pool_put(&pool, word(4));
    count(go_pool_get(&pool));
    explore_join();
    require_pool(4);
}

// A trim, while the owner takes and another one steals. 2 and 3 are in the
// victim from the beginning.
static void
trims(void *arg)
{
    be((int)(uintptr_t)arg);
    go_pool_trim(&pool);
}

static void
pool_trim(void)
{
    make_workers();
    for (uintptr_t i = 1; i <= 3; i++)
        go_pool_put(&pool, word(i));
    be(1);
    go_pool_trim(&pool);
    be(0);
    EXPLORE_REQUIRE(dropped[2] + dropped[3] == 0);
    explore_thread(trims, word(1));
    explore_thread(trims, word(2));
    go_pool_put(&pool, word(4));
    count(go_pool_get(&pool));
    count(go_pool_get(&pool));
    explore_join();
    EXPLORE_REQUIRE(dropped[1] == 0);
    require_pool(4);
}

// What was put after the last trim survives the next.
static void
new_survives(void)
{
    make_workers();
    go_pool_put(&pool, word(1));
    go_pool_put(&pool, word(2));
    trims(word(1));
    explore_thread(trims, word(1));
    be(0);
    go_pool_put(&pool, word(3));
    explore_join();
    EXPLORE_REQUIRE(dropped[1] == 0 && dropped[3] == 0);
    EXPLORE_REQUIRE(dropped[2] == 1);
    require_pool(3);
}

// ---- A map -----------------------------------------------------------------

// Mixed, 1, 14 and 36 agree in the first four bits; 3 and 51 in the first
// twelve; 2 agrees with none of them in the first.
enum { FAR = 2, A = 1, B = 14, C = 36, DEEP = 3, DEEPER = 51 };

static struct go_map map;

static bool
has(uintptr_t key, uintptr_t value)
{
    void *v;

    return go_map_load(&map, word(key), &v) && v == word(value);
}

static void
stores(void *arg)
{
    be(1);
    go_map_store(&map, arg, word(7));
}

static void
deletes(void *arg)
{
    be(1);
    EXPLORE_REQUIRE(go_map_load_and_delete(&map, arg, NULL));
}

// A load sees all of it, or nothing.
static void
store_load(void)
{
    void *v;

    make_workers();
    explore_thread(stores, word(A));
    if (go_map_load(&map, word(A), &v))
        EXPLORE_REQUIRE(v == word(7) && has(A, 7));
    explore_join();
    EXPLORE_REQUIRE(has(A, 7));
}

// Two store at the same place: it becomes a branch for both, and what was there
// is always found.
static void
store_store(void)
{
    make_workers();
    go_map_store(&map, word(A), word(1));
    explore_thread(stores, word(B));
    go_map_store(&map, word(C), word(3));
    EXPLORE_REQUIRE(has(A, 1) && has(C, 3));
    explore_join();
    EXPLORE_REQUIRE(has(A, 1) && has(B, 7) && has(C, 3));
}

static void
looks_for_deep(void *arg)
{
    (void)arg;
    be(1);
    EXPLORE_REQUIRE(has(DEEP, 1));
}

// It moves three branches down, and up again.
static void
split_load(void)
{
    make_workers();
    go_map_store(&map, word(DEEP), word(1));
    explore_thread(looks_for_deep, NULL);
    go_map_store(&map, word(DEEPER), word(2));
    go_map_delete(&map, word(DEEPER));
    explore_join();
    EXPLORE_REQUIRE(has(DEEP, 1) && !go_map_load(&map, word(DEEPER), NULL));
}

static void
looks(void *arg)
{
    void *v;

    be(1);
    if (go_map_load(&map, arg, &v))
        EXPLORE_REQUIRE(v == word(1));
}

// What is deleted is freed when nobody looks at it any more.
static void
delete_load(void)
{
    make_workers();
    go_map_store(&map, word(A), word(1));
    explore_thread(looks, word(A));
    go_map_delete(&map, word(A));
    for (int i = 0; i < 3; i++) {
        go_map_store(&map, word(FAR), NULL);
        go_map_delete(&map, word(FAR));
    }
    explore_join();
    EXPLORE_REQUIRE(!go_map_load(&map, word(A), NULL));
}

// A branch becomes empty and goes, while somebody puts something there.
static void
prune_store(void)
{
    make_workers();
    go_map_store(&map, word(A), word(1));
    go_map_store(&map, word(B), word(2));
    go_map_delete(&map, word(A));
    explore_thread(deletes, word(B));
    go_map_store(&map, word(C), word(3));
    EXPLORE_REQUIRE(has(C, 3));
    explore_join();
    EXPLORE_REQUIRE(has(C, 3) && !go_map_load(&map, word(B), NULL));
}

static void
clears(void *arg)
{
    (void)arg;
    be(1);
    go_map_clear(&map);
}

// What was there before is gone after it; what comes after it stays.
static void
clear_store(void)
{
    make_workers();
    go_map_store(&map, word(A), word(1));
    go_map_store(&map, word(B), word(2));
    explore_thread(clears, NULL);
    go_map_store(&map, word(C), word(3));
    bool mine = has(C, 3);
    go_map_delete(&map, word(FAR));
    explore_join();
    EXPLORE_REQUIRE(!has(A, 1) && !has(B, 2));
    EXPLORE_REQUIRE(mine || !has(C, 3));
    go_map_free(&map);
}

static int won;

static void
takes(void *arg)
{
    be(1);
    won += go_map_load_and_delete(&map, arg, NULL);
}

static void
one_deletes(void)
{
    make_workers();
    go_map_store(&map, word(A), word(1));
    explore_thread(takes, word(A));
    won += go_map_load_and_delete(&map, word(A), NULL);
    explore_join();
    EXPLORE_REQUIRE(won == 1);
}

static void
adds(void *arg)
{
    void *v;

    be((int)(uintptr_t)arg);
    do
        go_map_load_or_store(&map, word(A), word(0), &v);
    while (!go_map_compare_and_swap(&map, word(A), v,
                                    word((uintptr_t)v + 1)));
}

// Two count, and the counter is not there at first.
static void
counter(void)
{
    make_workers();
    explore_thread(adds, word(1));
    adds(word(0));
    explore_join();
    EXPLORE_REQUIRE(has(A, 2));
}

static bool
sees(const void *key, void *value, void *arg)
{
    (void)value;
    *(unsigned *)arg |= 1u << (uintptr_t)key;
    // So that what it looks at next may have been freed.
    go_map_store(&map, word(FAR), NULL);
    go_map_delete(&map, word(FAR));
    return true;
}

// What is deleted while it is shown is not freed.
static void
range_delete(void)
{
    unsigned seen = 0;

    make_workers();
    go_map_store(&map, word(A), word(1));
    go_map_store(&map, word(B), word(2));
    explore_thread(deletes, word(B));
    go_map_range(&map, sees, &seen);
    explore_join();
    EXPLORE_REQUIRE(seen & 1u << A);
    EXPLORE_REQUIRE(map.ranging[0] + map.ranging[1] == 0);
}

static bool
deletes_it(const void *key, void *value, void *arg)
{
    (void)value;
    (void)arg;
    if (key != word(A))
        return true;
    go_map_delete(&map, key);
    // Its epoch ends, by this and one deletion more.
    go_map_delete(&map, word(FAR));
    EXPLORE_YIELD();
    return true;
}

// Somebody is about to free what can be freed; a range begins, and what it stands
// on is deleted. That is on the same list then.
static void
range_begins(void)
{
    make_workers();
    go_map_store(&map, word(A), word(1));
    go_map_store(&map, word(C), word(3));
    go_map_store(&map, word(FAR), NULL);
    explore_thread(deletes, word(C));
    go_map_range(&map, deletes_it, NULL);
    explore_join();
    EXPLORE_REQUIRE(map.ranging[0] + map.ranging[1] == 0);
}

static bool
counts(const void *key, void *value, void *arg)
{
    (void)key;
    (void)value;
    (*(int *)arg)++;
    return true;
}

// All is taken away, and what can be freed is.
static void
clears_and_frees(void *arg)
{
    clears(arg);
    for (int i = 0; i < 3; i++) {
        go_map_store(&map, word(FAR), NULL);
        go_map_delete(&map, word(FAR));
    }
}

static void
range_clear(void)
{
    int n = 0;

    make_workers();
    go_map_store(&map, word(A), word(1));
    go_map_store(&map, word(B), word(2));
    explore_thread(clears_and_frees, NULL);
    go_map_range(&map, counts, &n);
    explore_join();
    EXPLORE_REQUIRE(n <= 3);
}

// ---- An epoch --------------------------------------------------------------

static ATOMIC(int *) box;
static int thing, freed;
static bool fenced;         // readers have a fence of their own

static void
reads(void *arg)
{
    struct m *mp = &worker[(uintptr_t)arg];
    int *x;

    be((int)(uintptr_t)arg);
    epoch_enter(mp);
    x = atomic_load_relaxed(&box);
    if (x != NULL) {
        EXPLORE_YIELD();
        EXPLORE_REQUIRE(!freed);
    }
    epoch_leave(mp);
}

static void
reads_twice(void *arg)
{
    reads(arg);
    reads(arg);
}

static void
unlink_and_free(void)
{
    uint64_t of;

    make_workers();
    epoch_begins();
    EXPLORE_REQUIRE(atomic_load_relaxed(&epoch.unfenced));
    if (fenced)
        atomic_store(&epoch.unfenced, false);      // before anybody reads
    box.atomic_value = &thing;
    explore_thread(reads_twice, word(1));
    explore_thread(reads, word(2));
    atomic_store_relaxed(&box, NULL);
    of = epoch_of_unlinked();
    for (int i = 0; i < 4 && !freed; i++) {
        epoch_advance(s);
        freed = epoch_is_over(of);
    }
    explore_join();
}

static void
unlink_and_free_fenced(void)
{
    fenced = true;
    unlink_and_free();
}

// ---- Whole programs --------------------------------------------------------

static void
run(int (*main_fn)(int, char **))
{
    EXPLORE_REQUIRE(go_run(main_fn, 0, NULL) == 0);
}

static struct go_weighted w;
static int inside;

static void
holds(int64_t n)
{
    EXPLORE_REQUIRE(go_weighted_acquire(&w, n, NULL));
    inside += (int)n;
    EXPLORE_REQUIRE(inside <= 2);
    EXPLORE_YIELD();
    inside -= (int)n;
    go_weighted_release(&w, n);
}

static int
main_weighted(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    w.size = 2;
    go_waitgroup_go(&wg, holds, 2);
    go_waitgroup_go(&wg, holds, 1);
    holds(2);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(w.taken == 0 && w.first == NULL);
    return 0;
}

static void
weighted(void)
{
    run(main_weighted);
}

static void
closes(go_chan(struct go_unit) done)
{
    go_close(done);
}

static void
tries(go_chan(struct go_unit) done)
{
    if (go_weighted_acquire(&w, 2, done))
        go_weighted_release(&w, 2);
}

// Somebody wants all, and gives up; behind it somebody wants one, of which there
// is one all the time.
static int
main_cancel(int argc, char **argv)
{
    go_chan(struct go_unit) done = go_make_chan(struct go_unit, 0);
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    w.size = 2;
    EXPLORE_REQUIRE(go_weighted_acquire(&w, 1, NULL));
    go_waitgroup_go(&wg, tries, done);
    go_gosched();
    go(closes, done);
    EXPLORE_REQUIRE(go_weighted_acquire(&w, 1, NULL));
    go_weighted_release(&w, 1);
    go_waitgroup_wait(&wg);
    go_weighted_release(&w, 1);
    EXPLORE_REQUIRE(w.taken == 0 && w.first == NULL);
    return 0;
}

static void
weighted_cancel(void)
{
    run(main_cancel);
}

// The release, and the end of its patience, at once.
static int
main_cancel_release(int argc, char **argv)
{
    go_chan(struct go_unit) done = go_make_chan(struct go_unit, 0);
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    w.size = 2;
    EXPLORE_REQUIRE(go_weighted_acquire(&w, 2, NULL));
    go_waitgroup_go(&wg, tries, done);
    go_gosched();
    go_waitgroup_go(&wg, closes, done);
    go_weighted_release(&w, 2);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(w.taken == 0 && w.first == NULL);
    go_free_chan(done);
    return 0;
}

static void
weighted_cancel_release(void)
{
    run(main_cancel_release);
}

static struct go_singleflight sf;
static int under_way, calls;

static int
fetch(void *arg, void **value)
{
    EXPLORE_REQUIRE(under_way++ == 0);
    calls++;
    EXPLORE_YIELD();
    under_way--;
    *value = arg;
    return calls;
}

static void
asks(void)
{
    void *value = NULL;
    bool shared;

    int error = go_singleflight_do(&sf, "k", fetch, &sf, &value, &shared);

    EXPLORE_REQUIRE(value == &sf && error >= 1 && error <= calls);
    EXPLORE_REQUIRE(shared || calls > 0);
}

static int
main_flight(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, asks);
    go_waitgroup_go(&wg, asks);
    asks();
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(calls >= 1 && calls <= 3);
    for (int i = 0; i < 16; i++)
        EXPLORE_REQUIRE(sf.calls[i] == NULL);
    return 0;
}

static void
flight(void)
{
    run(main_flight);
}

static void
receives(go_chan(struct go_flight) ch)
{
    struct go_flight flight = go_recv(ch);

    go_free_chan(ch);
    EXPLORE_REQUIRE(flight.value == &sf);
    EXPLORE_REQUIRE(flight.error >= 1 && flight.error <= calls);
}

static void
asks_by_chan(void)
{
    receives(go_singleflight_do_chan(&sf, "k", fetch, &sf));
}

static int
main_chan(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;

    go_chan(struct go_flight) ch =
        go_singleflight_do_chan(&sf, "k", fetch, &sf);

    // The first call is not what runs next here: so the other p comes for it.
    go_waitgroup_go(&wg, asks_by_chan);
    asks_by_chan();
    receives(ch);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(calls >= 1 && calls <= 3);
    for (int i = 0; i < 16; i++)
        EXPLORE_REQUIRE(sf.calls[i] == NULL);
    return 0;
}

// It is found in its memory, which was freed: by what is there now, or by a crash.
static void
explain_flight(struct explore_failure *f)
{
    if (f->kind == EXPLORE_FREED || f->kind == EXPLORE_CRASH) {
        f->what = "A call that has landed is found on the list.";
        f->why = "Whoever lands takes it off: so it must be there before that.";
    }
}

static void
flight_chan(void)
{
    run(main_chan);
}

// The followers come while the function is under way.
static int
fetch_for_all(void *arg, void **value)
{
    for (int i = 0; i < 3; i++)
        go_gosched();
    *value = arg;
    return 1;
}

static void
asks_and_ends(void)
{
    void *value = NULL;

    go_singleflight_do(&sf, "k", fetch_for_all, &sf, &value, NULL);
    EXPLORE_REQUIRE(value == &sf);
}

static int
main_followers(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&wg, asks_and_ends);
    go_waitgroup_wait(&wg);
    return 0;
}

static void
flight_followers(void)
{
    run(main_followers);
}

// A leader whose call is forgotten. Those who ask from then on fly together, or
// one after the other.
static int
fetch_beside(void *arg, void **value)
{
    go_gosched();
    *value = arg;
    return 0;
}

static void
asks_beside(void)
{
    void *value = NULL;

    go_singleflight_do(&sf, "k", fetch_beside, &sf, &value, NULL);
    EXPLORE_REQUIRE(value == &sf);
}

static int
fetch_anew(void *arg, void **value)
{
    EXPLORE_REQUIRE(under_way++ == 0);
    go_gosched();
    go_gosched();
    under_way--;
    *value = arg;
    return 0;
}

static void
asks_anew(void)
{
    void *value = NULL;

    go_singleflight_do(&sf, "k", fetch_anew, &sf, &value, NULL);
    EXPLORE_REQUIRE(value == &sf);
}

static int
main_forget(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, asks_beside);
    go_gosched();
    go_singleflight_forget(&sf, "k");
    go_waitgroup_go(&wg, asks_anew);
    go_gosched();
    asks_anew();
    go_waitgroup_wait(&wg);
    for (int i = 0; i < 16; i++)
        EXPLORE_REQUIRE(sf.calls[i] == NULL);
    return 0;
}

static void
flight_forget(void)
{
    run(main_forget);
}

static struct go_errgroup eg;

// Two who find at the same time that it is over.
static void
waits_for_group(void *arg)
{
    be((int)(uintptr_t)arg);
    EXPLORE_REQUIRE(go_errgroup_wait(&eg) == 0);
    EXPLORE_REQUIRE(go_errgroup_cancelled(&eg));
}

static void
group_cancel(void)
{
    make_workers();
    eg.done = go_make_chan(struct go_unit, 0);
    explore_thread(waits_for_group, word(1));
    waits_for_group(word(0));
    explore_join();
    (void)go_recv(eg.done);
}

static int
fails(void *arg)
{
    return (int)(uintptr_t)arg;
}

static int
main_group(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    eg.done = go_make_chan(struct go_unit, 0);
    go_errgroup_go(&eg, fails, word(1));
    go_errgroup_go(&eg, fails, word(2));
    (void)go_recv(eg.done);
    EXPLORE_REQUIRE(go_errgroup_cancelled(&eg));

    int error = go_errgroup_wait(&eg);

    EXPLORE_REQUIRE(error == 1 || error == 2);
    EXPLORE_REQUIRE(go_errgroup_wait(&eg) == error);
    go_free_chan(eg.done);
    return 0;
}

static void
group(void)
{
    run(main_group);
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "deque-last", .body = last_one, .bound = 4 },
        { .name = "deque-last-tso", .body = last_one, .bound = 3, .tso = true },
        { .name = "deque-thieves", .body = two_thieves, .bound = 4 },
        { .name = "deque-thieves-tso", .body = two_thieves, .bound = 2, .tso = true },
        { .name = "deque-grow", .body = grows, .bound = 3, .samples = 2000 },
        { .name = "deque-grow-tso", .body = grows, .bound = 2, .tso = true },
        { .name = "pool", .body = pool_steal, .bound = 3 },
        { .name = "pool-tso", .body = pool_steal, .bound = 2, .tso = true },
        { .name = "pool-begins", .body = pool_begins, .bound = 3, .samples = 1000 },
        { .name = "pool-trim", .body = pool_trim, .bound = 2, .samples = 2000 },
        { .name = "pool-new", .body = new_survives, .bound = 3, .samples = 1000 },
        { .name = "map-store-load", .body = store_load, .bound = 3 },
        { .name = "map-store-load-tso", .body = store_load, .bound = 2, .tso = true },
        { .name = "map-store-store", .body = store_store, .bound = 3, .samples = 2000 },
        { .name = "map-split", .body = split_load, .bound = 3, .samples = 2000 },
        { .name = "map-delete-load", .body = delete_load, .bound = 3, .samples = 2000 },
        { .name = "map-delete-load-tso", .body = delete_load, .bound = 2, .tso = true },
        { .name = "map-prune", .body = prune_store, .bound = 3, .samples = 2000 },
        { .name = "map-clear", .body = clear_store, .bound = 2, .samples = 2000 },
        { .name = "map-one-deletes", .body = one_deletes, .bound = 3, .samples = 1000 },
        { .name = "map-counter", .body = counter, .bound = 3, .samples = 2000 },
        { .name = "map-range", .body = range_delete, .bound = 2, .samples = 2000 },
        { .name = "map-range-begins", .body = range_begins, .bound = 3,
          .samples = 2000 },
        { .name = "map-range-clear", .body = range_clear, .bound = 2, .samples = 1000 },
        { .name = "epoch", .body = unlink_and_free, .bound = 4, .samples = 2000 },
        { .name = "epoch-tso", .body = unlink_and_free, .bound = 2, .tso = true },
        { .name = "epoch-fenced-tso", .body = unlink_and_free_fenced, .bound = 2,
          .tso = true },
        { .name = "weighted", .body = weighted, .bound = 1, .procs = 2 },
        { .name = "weighted-1p", .body = weighted, .bound = 2, .procs = 1 },
        { .name = "weighted-cancel", .body = weighted_cancel, .bound = 1, .procs = 2 },
        { .name = "weighted-cancel-release", .body = weighted_cancel_release, .bound = 1,
          .procs = 2 },
        { .name = "singleflight", .body = flight, .bound = 1, .procs = 2 },
        { .name = "singleflight-chan", .body = flight_chan, .explain = explain_flight,
          .bound = 1, .procs = 2,
          .samples = 1000 },
        { .name = "singleflight-forget", .body = flight_forget, .bound = 1, .procs = 2 },
        { .name = "singleflight-tell", .body = flight_followers, .bound = 1, .procs = 2 },
        { .name = "errgroup-cancel", .body = group_cancel, .bound = 3 },
        { .name = "errgroup", .body = group, .bound = 1, .procs = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
