/** @file 07-sync-more_group.c  Weighted semaphores, errgroups, singleflight, and
 * functions that run once.
 *
 * One scenario a process: 07-sync-more_group NAME. CHECK_SHARE says how many
 * percent of the work to do, on machines that are slow.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "goroutine.h"

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

// Let all others run until each waits, or has ended. (One p.)
static void
settle(void)
{
    go_gomaxprocs(1);
    for (int i = 0; i < 10; i++)
        go_gosched();
}

static go_chan(struct go_unit)
signal_new(void)
{
    return go_make_chan(struct go_unit, 0);
}

// ---- Weighted semaphores ---------------------------------------------------

static struct go_weighted held_of = { .size = 10 };
static int64_t held;

static void
holds(int who)
{
    uint64_t state = (uint64_t)who;
    const int n = share(5000);

    for (int i = 0; i < n; i++) {
        state = state * 6364136223846793005 + 1442695040888963407;

        int64_t many = 1 + (int64_t)(state >> 40) % 10;

        if (i % 3 == 0) {
            if (!go_weighted_try_acquire(&held_of, many))
                continue;
        } else {
            REQUIRE(go_weighted_acquire(&held_of, many, NULL));
        }
        REQUIRE(go_add(&held, many) <= 10);
        if (i % 4 == 0)
            go_gosched();
        REQUIRE(go_add(&held, -many) >= 0);
        go_weighted_release(&held_of, many);
    }
}

static int
weighted_stress(void)
{
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 12; i++)
        go_waitgroup_go(&wg, holds, i);
    go_waitgroup_wait(&wg);
    REQUIRE(go_weighted_try_acquire(&held_of, 10));
    return 0;
}

static int
weighted_try(void)
{
    struct go_weighted w = { .size = 3 };

    REQUIRE(go_weighted_try_acquire(&w, 0));
    REQUIRE(go_weighted_try_acquire(&w, 2));
    REQUIRE(!go_weighted_try_acquire(&w, 2));
    REQUIRE(go_weighted_try_acquire(&w, 1));
    REQUIRE(!go_weighted_try_acquire(&w, 1));
    REQUIRE(go_weighted_try_acquire(&w, 0));
    go_weighted_release(&w, 1);
    REQUIRE(go_weighted_try_acquire(&w, 1));
    go_weighted_release(&w, 3);
    go_weighted_release(&w, 0);
    REQUIRE(!go_weighted_try_acquire(&w, 4));
    return 0;
}

static int order[8], n_order;

static void
comes(struct go_weighted *w, int64_t n, int who)
{
    REQUIRE(go_weighted_acquire(w, n, NULL));
    go_store(&order[go_add(&n_order, 1) - 1], who);
}

// Who wants much is not overtaken by who wants little, and comes in its turn.
static int
weighted_in_order(void)
{
    struct go_weighted w = { .size = 4 };

    REQUIRE(go_weighted_acquire(&w, 3, NULL));
    go(comes, &w, 4, 0);
    settle();
    go(comes, &w, 1, 1);
    settle();
    go(comes, &w, 2, 2);
    settle();
    REQUIRE(go_load(&n_order) == 0);
    REQUIRE(!go_weighted_try_acquire(&w, 1));   // others wait
    go_weighted_release(&w, 2);
    settle();
    REQUIRE(go_load(&n_order) == 0);
    go_weighted_release(&w, 1);
    settle();
    REQUIRE(go_load(&n_order) == 1 && go_load(&order[0]) == 0);
    go_weighted_release(&w, 1);
    settle();
    REQUIRE(go_load(&n_order) == 2 && go_load(&order[1]) == 1);
    go_weighted_release(&w, 3);
    settle();
    REQUIRE(go_load(&n_order) == 3 && go_load(&order[2]) == 2);
    return 0;
}

static void
gives_up(struct go_weighted *w, int64_t n, go_chan(struct go_unit) done,
         int *result)
{
    go_store(result, go_weighted_acquire(w, n, done));
}

// Who gives up leaves the line, and those behind it come.
static int
weighted_cancel(void)
{
    struct go_weighted w = { .size = 4 };
    go_chan(struct go_unit) first = signal_new(), second = signal_new();
    int result[2] = { 9, 9 };

    REQUIRE(go_weighted_acquire(&w, 2, NULL));
    go(gives_up, &w, 4, first, &result[0]);
    settle();
    go(gives_up, &w, 4, second, &result[1]);
    settle();
    go(comes, &w, 2, 7);
    settle();
    go_close(second);                           // not the first in line
    settle();
    REQUIRE(go_load(&result[1]) == false && go_load(&result[0]) == 9);
    REQUIRE(go_load(&n_order) == 0);
    go_close(first);
    settle();
    REQUIRE(go_load(&result[0]) == false);
    REQUIRE(go_load(&n_order) == 1 && go_load(&order[0]) == 7);
    REQUIRE(!go_weighted_try_acquire(&w, 1));
    // Already over: nothing is taken, though there is enough.
    go_weighted_release(&w, 4);
    REQUIRE(!go_weighted_acquire(&w, 1, first));
    REQUIRE(go_weighted_try_acquire(&w, 4));
    go_free_chan(first);
    go_free_chan(second);
    return 0;
}

// What is more than there is waits for the end, in nobody's way.
static int
weighted_too_much(void)
{
    struct go_weighted w = { .size = 2 };
    go_chan(struct go_unit) done = signal_new();
    int result = 9;

    go(gives_up, &w, 3, done, &result);
    settle();
    REQUIRE(go_weighted_acquire(&w, 2, done));
    REQUIRE(go_load(&result) == 9);
    go_close(done);
    settle();
    REQUIRE(go_load(&result) == false);
    go_free_chan(done);
    return 0;
}

// Some give up while others come and go: at the end all is there.
static void
cancels(go_chan(struct go_unit) done)
{
    go_gosched();
    go_close(done);
}

static void
cancelled_early_or_late(int who)
{
    const int n = share(2000);

    for (int i = 0; i < n; i++) {
        go_chan(struct go_unit) done = signal_new();
        struct go_waitgroup wg = {0};
        int64_t many = 1 + (who + i) % 10;

        go_waitgroup_go(&wg, cancels, done);
        if (go_weighted_acquire(&held_of, many, done)) {
            REQUIRE(go_add(&held, many) <= 10);
            REQUIRE(go_add(&held, -many) >= 0);
            go_weighted_release(&held_of, many);
        }
        go_waitgroup_wait(&wg);
        go_free_chan(done);
    }
}

static int
weighted_cancel_stress(void)
{
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, cancelled_early_or_late, i);
    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, holds, i);
    go_waitgroup_wait(&wg);
    REQUIRE(held_of.taken == 0 && held_of.first == NULL);
    return 0;
}

// ---- Errgroups -------------------------------------------------------------

static int running, most, ran;

static int
task(void *arg)
{
    int now = go_add(&running, 1), before = go_load(&most);

    while (now > before && !go_cas(&most, before, now))
        before = go_load(&most);
    go_gosched();
    go_add(&running, -1);
    go_add(&ran, 1);
    return (int)(intptr_t)arg;
}

static int
group_zero(void)
{
    struct go_errgroup eg = {0};

    REQUIRE(go_errgroup_wait(&eg) == 0);
    for (int i = 0; i < 100; i++)
        go_errgroup_go(&eg, task, NULL);
    REQUIRE(go_errgroup_wait(&eg) == 0 && ran == 100);
    go_errgroup_go(&eg, task, (void *)ENOENT);
    go_errgroup_go(&eg, task, NULL);
    REQUIRE(go_errgroup_wait(&eg) == ENOENT);
    return 0;
}

static int
fails_after(void *arg)
{
    int turns = (int)(intptr_t)arg;

    for (int i = 0; i < turns; i++)
        go_gosched();
    return turns;
}

static int
group_first_error(void)
{
    struct go_errgroup eg = { .done = signal_new() };

    go_gomaxprocs(1);
    go_errgroup_go(&eg, fails_after, (void *)30);
    go_errgroup_go(&eg, fails_after, (void *)3);
    go_errgroup_go(&eg, fails_after, (void *)0);
    go_errgroup_go(&eg, fails_after, (void *)60);
    REQUIRE(!go_errgroup_cancelled(&eg));
    (void)go_recv(eg.done);                     // closed by the first that fails
    REQUIRE(go_errgroup_cancelled(&eg));
    REQUIRE(go_errgroup_wait(&eg) == 3);
    go_free_chan(eg.done);
    return 0;
}

static int
until_cancelled(void *arg)
{
    struct go_errgroup *eg = arg;

    while (!go_errgroup_cancelled(eg))
        go_gosched();
    return ECANCELED;
}

static int
group_cancels(void)
{
    struct go_errgroup eg = {0};

    for (int i = 0; i < 5; i++)
        go_errgroup_go(&eg, until_cancelled, &eg);
    go_errgroup_go(&eg, task, (void *)EIO);
    REQUIRE(go_errgroup_wait(&eg) == EIO);
    // Without an error the end cancels.
    struct go_errgroup fine = { .done = signal_new() };

    go_errgroup_go(&fine, task, NULL);
    REQUIRE(go_errgroup_wait(&fine) == 0);
    REQUIRE(go_errgroup_cancelled(&fine));
    (void)go_recv(fine.done);
    REQUIRE(go_errgroup_wait(&fine) == 0);      // closed only once
    go_free_chan(fine.done);
    return 0;
}

static int
group_limit(void)
{
    for (int limit = 1; limit <= 5; limit++) {
        struct go_errgroup eg = {0};

        most = ran = 0;
        go_errgroup_set_limit(&eg, limit);
        for (int i = 0; i < 100; i++)
            go_errgroup_go(&eg, task, NULL);
        REQUIRE(go_errgroup_wait(&eg) == 0);
        REQUIRE(ran == 100 && most <= limit);
        go_errgroup_set_limit(&eg, -1);
        go_errgroup_set_limit(&eg, limit + 1);
    }
    return 0;
}

static int
group_try(void)
{
    struct go_errgroup eg = {0};

    REQUIRE(go_errgroup_try_go(&eg, task, NULL));
    REQUIRE(go_errgroup_wait(&eg) == 0);

    struct go_errgroup two = {0};

    go_errgroup_set_limit(&two, 2);
    REQUIRE(go_errgroup_try_go(&two, until_cancelled, &two));
    REQUIRE(go_errgroup_try_go(&two, until_cancelled, &two));
    REQUIRE(!go_errgroup_try_go(&two, task, NULL));
    go_store(&two.cancelled, true);
    REQUIRE(go_errgroup_wait(&two) == ECANCELED);
    REQUIRE(go_errgroup_try_go(&two, task, NULL));
    go_errgroup_wait(&two);

    struct go_errgroup none = {0};

    go_errgroup_set_limit(&none, 0);
    REQUIRE(!go_errgroup_try_go(&none, task, NULL));
    return 0;
}

static int
ends(void *arg)
{
    (void)arg;
    go_goexit();
}

// A task that ends by go_goexit gives its permit back, too.
static int
group_goexit(void)
{
    struct go_errgroup eg = {0};

    go_errgroup_set_limit(&eg, 1);
    for (int i = 0; i < 10; i++)
        go_errgroup_go(&eg, ends, NULL);
    REQUIRE(go_errgroup_wait(&eg) == 0);
    REQUIRE(eg.limit.taken == 0);
    return 0;
}

// ---- Singleflight ----------------------------------------------------------

static struct go_singleflight sf;
static int calls, got_shared, got_alone;

static int
fetch(void *arg, void **value)
{
    go_add(&calls, 1);
    for (int i = 0; i < 5; i++)
        go_gosched();
    *value = arg;
    return 7;
}

static void
asks(const char *key, void *arg, void *wanted)
{
    void *value = &sf;
    bool shared = false;

    REQUIRE(go_singleflight_do(&sf, key, fetch, arg, &value, &shared) == 7);
    REQUIRE(value == wanted);
    go_add(shared ? &got_shared : &got_alone, 1);
}

static int
flight_shares(void)
{
    static int x, y;
    void *value;
    bool shared = true;

    REQUIRE(go_singleflight_do(&sf, "k", fetch, &x, &value, &shared) == 7);
    REQUIRE(value == &x && !shared && calls == 1);
    REQUIRE(go_singleflight_do(&sf, "k", fetch, &y, NULL, NULL) == 7);
    REQUIRE(calls == 2);

    go_gomaxprocs(1);
    calls = 0;

    // The last one runs first, and leads.
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, asks, "a", &x, &x);
    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&wg, asks, "b", &y, &y);
    go_waitgroup_go(&wg, asks, "c", NULL, NULL);
    go_waitgroup_wait(&wg);
    REQUIRE(calls == 3 && got_shared == 13 && got_alone == 1);
    return 0;
}

static int
flight_forget(void)
{
    static int x, y;
    struct go_waitgroup wg = {0};

    go_gomaxprocs(1);
    go_singleflight_forget(&sf, "k");
    go_waitgroup_go(&wg, asks, "k", &x, &x);
    go_gosched();
    go_waitgroup_go(&wg, asks, "k", &x, &x);
    go_gosched();
    REQUIRE(go_load(&calls) == 1);
    go_singleflight_forget(&sf, "k");
    // From here on a new one, beside the old.
    go_waitgroup_go(&wg, asks, "k", &y, &y);
    go_gosched();
    REQUIRE(go_load(&calls) == 2);
    go_waitgroup_go(&wg, asks, "k", &y, &y);
    go_gosched();
    go_waitgroup_wait(&wg);
    REQUIRE(calls == 2 && got_shared == 4);
    return 0;
}

static int in_flight[64];

static int
flies_alone(void *arg, void **value)
{
    int *n = arg;

    REQUIRE(go_add(n, 1) == 1);
    go_gosched();
    REQUIRE(go_add(n, -1) == 0);
    *value = n;
    return 0;
}

static void
flies(int who)
{
    const int n = share(5000);
    char key[16];

    for (int i = 0; i < n; i++) {
        int *mine = &in_flight[(who * 7 + i) % 64];
        void *value;

        snprintf(key, sizeof(key), "%d", (who * 7 + i) % 64);
        REQUIRE(go_singleflight_do(&sf, key, flies_alone, mine, &value,
                                   NULL) == 0);
        REQUIRE(value == mine);
    }
}

// Of each key one call at a time.
static int
flight_stress(void)
{
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 16; i++)
        go_waitgroup_go(&wg, flies, i);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < 16; i++)
        REQUIRE(sf.calls[i] == NULL);
    return 0;
}

static int
leaves(void *arg, void **value)
{
    (void)arg;
    (void)value;
    go_gosched();
    go_gosched();
    go_goexit();
}

static void
asks_in_vain(void)
{
    go_singleflight_do(&sf, "k", leaves, NULL, NULL, NULL);
    REQUIRE(false);                     // there is no result
}

static int
flight_goexit(void)
{
    static int x;
    struct go_waitgroup wg = {0};

    go_gomaxprocs(1);
    for (int i = 0; i < 5; i++)
        go_waitgroup_go(&wg, asks_in_vain);
    go_waitgroup_wait(&wg);
    asks("k", &x, &x);
    return 0;
}

static void
brings(go_chan(struct go_flight) ch, void *wanted, bool shared)
{
    struct go_flight flight = go_recv(ch);

    REQUIRE(flight.value == wanted && flight.error == 7);
    REQUIRE(flight.shared == shared && go_len(ch) == 0);
    go_free_chan(ch);
}

static int
flight_chan(void)
{
    static int x, y;
    struct go_waitgroup wg = {0};
    char key[] = "k";

    go_gomaxprocs(1);
    brings(go_singleflight_do_chan(&sf, "k", fetch, &x), &x, false);
    REQUIRE(go_load(&calls) == 1);

    // It is under way as soon as it was asked for, and the key is its own.
    go_chan(struct go_flight) leads =
        go_singleflight_do_chan(&sf, key, fetch, &x);
    go_chan(struct go_flight) follows =
        go_singleflight_do_chan(&sf, key, fetch, &y);

    key[0] = 'z';
    REQUIRE(go_len(leads) == 0 && go_load(&calls) == 1);
    asks("k", &y, &x);
    REQUIRE(go_load(&calls) == 2 && go_load(&got_shared) == 1);
    brings(leads, &x, true);
    brings(follows, &x, true);

    // Behind one that waits.
    go_waitgroup_go(&wg, asks, "k", &y, &y);
    go_gosched();
    REQUIRE(go_load(&calls) == 3);
    follows = go_singleflight_do_chan(&sf, "k", fetch, &x);
    go_waitgroup_wait(&wg);
    brings(follows, &y, true);
    REQUIRE(go_load(&calls) == 3 && go_load(&got_shared) == 2);

    // Forgotten: from here on a new one.
    leads = go_singleflight_do_chan(&sf, "k", fetch, &x);
    go_singleflight_forget(&sf, "k");
    follows = go_singleflight_do_chan(&sf, "k", fetch, &y);
    brings(follows, &y, false);
    brings(leads, &x, false);
    REQUIRE(go_load(&calls) == 5);
    return 0;
}

static int
flight_chan_goexit(void)
{
    struct go_waitgroup wg = {0};
    go_chan(struct go_flight) leads, follows;

    go_gomaxprocs(1);
    leads = go_singleflight_do_chan(&sf, "k", leaves, NULL);
    follows = go_singleflight_do_chan(&sf, "k", fetch, NULL);
    go_waitgroup_go(&wg, asks_in_vain);
    go_waitgroup_wait(&wg);
    REQUIRE(go_len(leads) == 0 && go_len(follows) == 0 && go_load(&calls) == 0);
    go_free_chan(leads);
    go_free_chan(follows);
    brings(go_singleflight_do_chan(&sf, "k", fetch, &sf), &sf, false);
    return 0;
}

static void
flies_by_chan(int who)
{
    const int n = share(5000);
    char key[16];

    for (int i = 0; i < n; i++) {
        int *mine = &in_flight[(who * 7 + i) % 64];

        snprintf(key, sizeof(key), "%d", (who * 7 + i) % 64);

        go_chan(struct go_flight) ch =
            go_singleflight_do_chan(&sf, key, flies_alone, mine);
        struct go_flight flight = go_recv(ch);

        REQUIRE(flight.value == mine && flight.error == 0);
        go_free_chan(ch);
    }
}

static int
flight_chan_stress(void)
{
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 8; i++) {
        go_waitgroup_go(&wg, flies, i);
        go_waitgroup_go(&wg, flies_by_chan, i);
    }
    go_waitgroup_wait(&wg);
    for (int i = 0; i < 16; i++)
        REQUIRE(sf.calls[i] == NULL);
    return 0;
}

// ---- Functions that run once -----------------------------------------------

static int set_up, computed;

static void
sets_up(void)
{
    go_gosched();
    set_up++;
}

static long
computes(void)
{
    go_gosched();
    computed++;
    return 42;
}

static const char *
ends_early(void)
{
    go_goexit();
}

go_once_func(prepare, sets_up);
go_once_value(long, answer, computes);
go_once_value(const char *, none, ends_early);

static void
wants_it(void)
{
    prepare();
    REQUIRE(set_up == 1);
    REQUIRE(answer() == 42);
}

static void
wants_none(void)
{
    none();
}

static int
once(void)
{
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 100; i++)
        go_waitgroup_go(&wg, wants_it);
    go_waitgroup_go(&wg, wants_none);
    go_waitgroup_wait(&wg);
    REQUIRE(set_up == 1 && computed == 1 && none() == NULL);
    return 0;
}

// ---- What orders -----------------------------------------------------------

static int data;

static int
sets_data(void *arg)
{
    (void)arg;
    data = 1;
    return 3;
}

static int
order_group(void)
{
    struct go_errgroup eg = {0};

    go_errgroup_go(&eg, sets_data, NULL);
    REQUIRE(go_errgroup_wait(&eg) == 3);
    REQUIRE(data == 1);
    return 0;
}

static int
order_cancelled(void)
{
    struct go_errgroup eg = {0};

    go_errgroup_go(&eg, sets_data, NULL);
    while (!go_errgroup_cancelled(&eg))
        go_gosched();
    REQUIRE(data == 1);
    go_errgroup_wait(&eg);
    return 0;
}

static void
adds_one(struct go_weighted *w)
{
    for (int i = 0; i < 100; i++) {
        go_weighted_acquire(w, 2, NULL);
        data++;
        go_weighted_release(w, 2);
    }
}

static int
order_weighted(void)
{
    struct go_weighted w = { .size = 2 };

    go(adds_one, &w);
    go(adds_one, &w);
    for (int seen = 0; seen < 200;) {
        if (go_weighted_try_acquire(&w, 1)) {
            seen = data;
            go_weighted_release(&w, 1);
        }
        go_gosched();
    }
    return 0;
}

static int
fetches_data(void *arg, void **value)
{
    data = 5;
    for (int i = 0; i < 10; i++)
        go_gosched();
    *value = arg;
    return 0;
}

static void
reads_data(void)
{
    go_singleflight_do(&sf, "k", fetches_data, NULL, NULL, NULL);
    REQUIRE(data == 5);
}

static int
order_flight(void)
{
    go_gomaxprocs(1);

    struct go_waitgroup wg = {0};

    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, reads_data);
    go_waitgroup_wait(&wg);
    return 0;
}

static struct go_pool pool;

static void
puts_data(void)
{
    static int other;

    data = 1;
    go_pool_put(&pool, &other);         // this one has the place of the p
    go_pool_put(&pool, &data);
}

static int
order_pool(void)
{
    int *p = NULL;

    go(puts_data);
    while (p != &data) {
        p = go_pool_get(&pool);
        go_gosched();
    }
    REQUIRE(*p == 1);
    return 0;
}

// Two who have less than all at the same time. (That they wait for one another
// orders nothing.)
static int have_one;

static void
adds_under_one(struct go_weighted *w)
{
    go_weighted_acquire(w, 1, NULL);
    data++;
    __atomic_add_fetch(&have_one, 1, __ATOMIC_RELAXED);
    while (__atomic_load_n(&have_one, __ATOMIC_RELAXED) < 2)
        go_gosched();
    go_weighted_release(w, 1);
}

static int
race_weighted(void)
{
    struct go_weighted w = { .size = 2 };
    struct go_waitgroup wg = {0};

    go_waitgroup_go(&wg, adds_under_one, &w);
    go_waitgroup_go(&wg, adds_under_one, &w);
    go_waitgroup_wait(&wg);
    return 0;
}

static const struct { const char *name; int (*fn)(void); } scenarios[] = {
    { "weighted-stress", weighted_stress }, { "weighted-try", weighted_try },
    { "weighted-in-order", weighted_in_order },
    { "weighted-cancel", weighted_cancel },
    { "weighted-too-much", weighted_too_much },
    { "weighted-cancel-stress", weighted_cancel_stress },
    { "group-zero", group_zero }, { "group-first-error", group_first_error },
    { "group-cancels", group_cancels }, { "group-limit", group_limit },
    { "group-try", group_try }, { "group-goexit", group_goexit },
    { "flight-shares", flight_shares }, { "flight-forget", flight_forget },
    { "flight-stress", flight_stress }, { "flight-goexit", flight_goexit },
    { "flight-chan", flight_chan },
    { "flight-chan-goexit", flight_chan_goexit },
    { "flight-chan-stress", flight_chan_stress },
    { "once", once },
    { "order-group", order_group }, { "order-cancelled", order_cancelled },
    { "order-weighted", order_weighted }, { "order-flight", order_flight },
    { "order-pool", order_pool }, { "race-weighted", race_weighted },
};

static int
go_main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "07-sync-more_group: which scenario?\n");
    return 2;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
