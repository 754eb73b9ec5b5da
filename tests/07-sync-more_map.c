/** @file 07-sync-more_map.c  Maps: alone, as a model says; with others, as one
 * thing after the other.
 *
 * One scenario a process: 07-sync-more_map NAME. CHECK_SHARE says how many
 * percent of the work to do, on machines that are slow.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
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

static void *
word(uintptr_t n)
{
    return (void *)n;
}

static uintptr_t
number(const void *key)
{
    return (uintptr_t)key;
}

// A random number, always the same ones.
static uint32_t
next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005 + 1442695040888963407;
    return (uint32_t)(*state >> 33);
}

// ---- Hashes, good and bad --------------------------------------------------

static uint64_t
all_the_same(const void *key)
{
    (void)key;
    return 1;
}

static uint64_t
four_kinds(const void *key)
{
    return number(key) % 4;
}

static bool
equal_words(const void *a, const void *b)
{
    return a == b;
}

static const struct go_map kinds[] = {
    { 0 },
    { .hash = all_the_same },
    { .hash = four_kinds, .equal = equal_words },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

// ---- Against a model -------------------------------------------------------

enum { KEYS = 60 };

static struct { bool has; void *value; } model[KEYS];
static int shown[KEYS];

static bool
is_in_model(const void *key, void *value, void *arg)
{
    uintptr_t k = number(key);

    (void)arg;
    REQUIRE(k < KEYS && model[k].has && model[k].value == value);
    REQUIRE(shown[k]++ == 0);
    return true;
}

static void
compare(struct go_map *m)
{
    memset(shown, 0, sizeof(shown));
    go_map_range(m, is_in_model, NULL);
    for (int k = 0; k < KEYS; k++)
        REQUIRE(shown[k] == (int)model[k].has);
}

static void
one_operation(struct go_map *m, uint64_t *state)
{
    const uintptr_t k = next_random(state) % KEYS;
    void *const v = word(next_random(state) % 4);
    void *const w = word(next_random(state) % 4);
    void *was = word(99);
    const bool had = model[k].has;
    void *const before = model[k].value;

    switch (next_random(state) % 9) {
    case 0:
        REQUIRE(go_map_load(m, word(k), &was) == had);
        REQUIRE(was == (had ? before : NULL));
        return;
    case 1:
        go_map_store(m, word(k), v);
        break;
    case 2:
        REQUIRE(go_map_load_or_store(m, word(k), v, &was) == had);
        REQUIRE(was == (had ? before : v));
        if (had)
            return;
        break;
    case 3:
        REQUIRE(go_map_load_and_delete(m, word(k), &was) == had);
        REQUIRE(was == (had ? before : NULL));
        model[k].has = false;
        return;
    case 4:
        go_map_delete(m, word(k));
        model[k].has = false;
        return;
    case 5:
        REQUIRE(go_map_swap(m, word(k), v, &was) == had);
        REQUIRE(was == (had ? before : NULL));
        break;
    case 6:
        REQUIRE(go_map_compare_and_swap(m, word(k), w, v) ==
                (had && before == w));
        if (!had || before != w)
            return;
        break;
    case 7:
        REQUIRE(go_map_compare_and_delete(m, word(k), w) ==
                (had && before == w));
        if (had && before == w)
            model[k].has = false;
        return;
    case 8:
        if (next_random(state) % 500 == 0) {
            go_map_clear(m);
            memset(model, 0, sizeof(model));
        }
        return;
    }
    model[k].has = true;
    model[k].value = v;
}

static int
as_a_model(void)
{
    uint64_t state = 1;

    for (int kind = 0; kind < KINDS; kind++) {
        struct go_map m = kinds[kind];

        memset(model, 0, sizeof(model));
        for (int i = 0; i < share(300000); i++) {
            one_operation(&m, &state);
            if (i % 1000 == 0)
                compare(&m);
        }
        compare(&m);
        go_map_free(&m);
        memset(model, 0, sizeof(model));
        compare(&m);
        go_map_free(&m);
    }
    return 0;
}

// Places that nobody asks for may be NULL.
static int
without_places(void)
{
    struct go_map m = { 0 };

    REQUIRE(!go_map_load(&m, word(1), NULL));
    REQUIRE(!go_map_load_and_delete(&m, word(1), NULL));
    REQUIRE(!go_map_compare_and_swap(&m, word(1), NULL, word(1)));
    REQUIRE(!go_map_compare_and_delete(&m, word(1), NULL));
    go_map_clear(&m);
    REQUIRE(!go_map_swap(&m, word(1), NULL, NULL));
    REQUIRE(go_map_load(&m, word(1), NULL));
    REQUIRE(go_map_load_or_store(&m, word(1), word(2), NULL));
    REQUIRE(go_map_load_and_delete(&m, word(1), NULL));
    go_map_free(&m);
    return 0;
}

// ---- Keys that are copied --------------------------------------------------

static int copies;

static void *
copy(const void *text)
{
    go_add(&copies, 1);
    return go_string_copy(text);
}

// Who looks at it afterwards finds no key.
static void
poison(void *key)
{
    go_add(&copies, -1);
    memset(key, '?', strlen(key));
    free(key);
}

static const struct go_map texts = {
    .hash = go_string_hash, .equal = go_string_equal, .copy_key = copy,
    .free_key = poison,
};

static int
copied_keys(void)
{
    struct go_map m = texts, n = GO_MAP_OF_TEXTS;
    char text[16];
    void *v;

    for (int i = 0; i < 1000; i++) {
        snprintf(text, sizeof(text), "key %d", i % 100);
        go_map_store(&m, text, word((uintptr_t)i));
        go_map_store(&n, text, word((uintptr_t)i));
    }
    memset(text, 'x', sizeof(text));
    REQUIRE(copies == 100);
    for (int i = 0; i < 100; i++) {
        snprintf(text, sizeof(text), "key %d", i);
        REQUIRE(go_map_load(&m, text, &v) && v == word((uintptr_t)i + 900));
        REQUIRE(go_map_load(&n, text, &v) && v == word((uintptr_t)i + 900));
    }
    REQUIRE(!go_map_load(&m, "key 100", &v) && v == NULL);
    go_map_clear(&m);
    REQUIRE(!go_map_load(&m, "key 1", &v));
    go_map_free(&m);
    go_map_free(&n);
    REQUIRE(copies == 0);
    return 0;
}

// A key that the map did not copy is freed with it; one that it did not take
// stays the caller's.
static int
given_keys(void)
{
    struct go_map m = { .hash = go_string_hash, .equal = go_string_equal,
                        .free_key = poison };
    char *second = copy("key");

    go_map_store(&m, copy("key"), word(1));
    REQUIRE(go_map_load_or_store(&m, second, word(2), NULL));
    go_map_store(&m, second, word(3));
    REQUIRE(strcmp(second, "key") == 0);
    poison(second);
    go_map_free(&m);
    REQUIRE(copies == 0);
    return 0;
}

static struct go_map asked;
static int asks, found;

static void
asks_the_map(void *key)
{
    void *v;

    asks++;
    found += go_map_load(&asked, word(1 + (uintptr_t)key % 600), &v);
}

// free_key may ask the map, which is being freed: nothing is there any more.
static int
asked_while_freed(void)
{
    asked.free_key = asks_the_map;
    for (uintptr_t i = 1; i <= 600; i++)
        go_map_store(&asked, word(i), word(i));
    for (uintptr_t i = 1; i <= 50; i++)
        go_map_delete(&asked, word(i));
    asks = found = 0;
    go_map_free(&asked);
    REQUIRE(asks >= 550 && found == 0);
    asked.free_key = NULL;
    go_map_store(&asked, word(7), word(8));
    go_map_free(&asked);
    return 0;
}

// What comes and goes leaves nothing behind but for the last, of which a map gathers
// some hundreds before it looks.
static int
churn(void)
{
    struct go_map m = texts;
    char text[32];

    for (int i = 0; i < share(200000); i++) {
        snprintf(text, sizeof(text), "%d", i);
        go_map_store(&m, text, NULL);
        REQUIRE(go_map_load_and_delete(&m, text, NULL));
        REQUIRE(copies < 1000);
    }
    go_map_free(&m);
    REQUIRE(copies == 0);
    return 0;
}

// Nor does a map of which all goes at once.
static int
cleared(void)
{
    struct go_map m = texts;
    char text[32];

    for (int i = 0; i < share(20000); i++) {
        snprintf(text, sizeof(text), "%d", i);
        go_map_store(&m, text, NULL);
    }
    REQUIRE(copies == share(20000));
    go_map_clear(&m);
    REQUIRE(copies == 0);
    go_map_free(&m);
    return 0;
}

// ---- In a coroutine --------------------------------------------------------

static bool
yields(const void *key, void *value, void *arg)
{
    (void)value;
    (void)arg;
    go_coro_yield((void *)key);
    return true;
}

static void
range_of(void *m)
{
    go_map_range(m, yields, NULL);
}

static void *
yields_and_copies(const void *key)
{
    go_coro_yield(NULL);
    return (void *)key;
}

static void
store_in(void *m)
{
    go_map_store(m, word(5), word(6));
}

static int resumed;

static void
resumes_once(struct go_coro *co)
{
    (void)go_coro_resume(co);
    go_add(&resumed, 1);
    go_select();
}

// Who began it waits when it goes on, by another one. If there are more p's, that
// was on another thread, which has nothing to do any more.
static void
begin_elsewhere(struct go_coro *co)
{
    const int before = go_load(&resumed);

    go(resumes_once, co);
    while (go_load(&resumed) == before) {
        usleep(30000);
        go_gosched();
    }
    usleep(30000);
}

static int
generator(void)
{
    struct go_map m = { 0 };
    struct go_coro *co;
    int n = 1;

    for (uintptr_t k = 1; k <= 600; k++)
        go_map_store(&m, word(k), NULL);
    co = go_coro_new(range_of, &m);
    begin_elsewhere(co);
    for (uintptr_t k = 1; k <= 600; k++)
        go_map_delete(&m, word(k));
    while (go_coro_resume(co) != NULL)
        n++;
    REQUIRE(n <= 600);
    go_coro_free(co);
    m.copy_key = yields_and_copies;
    co = go_coro_new(store_in, &m);
    begin_elsewhere(co);
    (void)go_coro_resume(co);
    REQUIRE(go_map_load(&m, word(5), NULL));
    go_coro_free(co);
    go_map_free(&m);
    return 0;
}

// ---- With others -----------------------------------------------------------

static void
in_parallel(int n, void (*fn)(struct go_map *m, int who), struct go_map *m)
{
    struct go_waitgroup wg = {0};

    for (int i = 0; i < n; i++)
        go_waitgroup_go(&wg, fn, m, i);
    go_waitgroup_wait(&wg);
}

static int rounds;

static void
counts(struct go_map *m, int who)
{
    uint64_t state = (uint64_t)who;

    for (int i = 0; i < rounds; i++) {
        void *const key = word(next_random(&state) % 16);
        void *v;

        do
            go_map_load_or_store(m, key, word(0), &v);
        while (!go_map_compare_and_swap(m, key, v, word(number(v) + 1)));
    }
}

static bool
adds(const void *key, void *value, void *arg)
{
    (void)key;
    *(uintptr_t *)arg += number(value);
    return true;
}

// No step of a counter is lost.
static int
counters(void)
{
    rounds = share(20000);
    for (int kind = 0; kind < KINDS; kind++) {
        struct go_map m = kinds[kind];
        uintptr_t sum = 0;

        in_parallel(8, counts, &m);
        go_map_range(&m, adds, &sum);
        REQUIRE(sum == 8 * (uintptr_t)rounds);
        go_map_free(&m);
    }
    return 0;
}

enum { PRIZES = 4096 };
static int won[PRIZES];

static void
stores_first(struct go_map *m, int who)
{
    for (uintptr_t k = 0; k < PRIZES; k++) {
        void *actual;

        if (!go_map_load_or_store(m, word(k), word((uintptr_t)who), &actual))
            go_add(&won[k], 1);
        else
            REQUIRE(number(actual) < 8);
    }
}

static void
deletes_first(struct go_map *m, int who)
{
    (void)who;
    for (uintptr_t k = 0; k < PRIZES; k++)
        if (go_map_load_and_delete(m, word(k), NULL))
            go_add(&won[k], 1);
}

// Of those who store the same key one is the first, and of those who delete it.
static int
one_wins(void)
{
    for (int kind = 0; kind < KINDS; kind++) {
        struct go_map m = kinds[kind];

        if (kind == 1)
            continue;                       // a list of 4,096 is a long one
        for (int round = 0; round < share(20); round++) {
            memset(won, 0, sizeof(won));
            in_parallel(8, stores_first, &m);
            for (int k = 0; k < PRIZES; k++)
                REQUIRE(won[k] == 1);
            in_parallel(8, deletes_first, &m);
            for (int k = 0; k < PRIZES; k++)
                REQUIRE(won[k] == 2);
            go_map_range(&m, is_in_model, NULL);
            if (kind == 2)
                break;
        }
        go_map_free(&m);
    }
    return 0;
}

static int stopped;

// Keys of an even number are always there; those beside them come and go.
static void
comes_and_goes(struct go_map *m, int who)
{
    uint64_t state = (uint64_t)who;
    char text[32];

    for (int i = 0; i < rounds; i++) {
        snprintf(text, sizeof(text), "%u",
                 2 * (next_random(&state) % 500) + 1);
        if (next_random(&state) % 2 == 0)
            go_map_store(m, text, NULL);
        else
            go_map_delete(m, text);
    }
    go_add(&stopped, 1);
}

static void
looks_for_those_that_stay(struct go_map *m, int who)
{
    uint64_t state = (uint64_t)who;
    char text[32];
    void *v;

    for (int i = 0; go_load(&stopped) < 4; i++) {
        uintptr_t k = 2 * (next_random(&state) % 500);

        snprintf(text, sizeof(text), "%u", (unsigned)k);
        REQUIRE(go_map_load(m, text, &v) && v == word(k));
        go_map_load(m, text + 1, &v);
        if (i % 100 == 0)
            go_gosched();
    }
}

static bool
counts_even(const void *key, void *value, void *arg)
{
    int *seen = arg;
    int k = atoi(key);

    REQUIRE(k >= 0 && k < 1000);
    seen[k]++;
    REQUIRE(seen[k] == 1 || k % 2 == 1);
    REQUIRE(k % 2 == 1 || number(value) == (uintptr_t)k);
    return true;
}

static void
ranges(struct go_map *m, int who)
{
    (void)who;
    while (go_load(&stopped) < 4) {
        int seen[1000] = { 0 };

        go_map_range(m, counts_even, seen);
        for (int k = 0; k < 1000; k += 2)
            REQUIRE(seen[k] == 1);
        go_gosched();
    }
}

static void
one_of_them(struct go_map *m, int who)
{
    static void (*const fn[])(struct go_map *, int) = {
        comes_and_goes, looks_for_those_that_stay, comes_and_goes, ranges,
        looks_for_those_that_stay, comes_and_goes, comes_and_goes,
        looks_for_those_that_stay,
    };

    fn[who](m, who);
}

static int
nothing_is_missed(void)
{
    struct go_map m = texts;
    char text[32];

    rounds = share(60000);
    for (unsigned k = 0; k < 1000; k += 2) {
        snprintf(text, sizeof(text), "%u", k);
        go_map_store(&m, text, word(k));
    }
    in_parallel(8, one_of_them, &m);
    go_map_free(&m);
    REQUIRE(copies == 0);
    return 0;
}

// Three keys that share a branch, or not: it is made and unmade all the time.
static void
few_keys(struct go_map *m, int who)
{
    static const char *const key[] = { "a", "b", "c" };
    uint64_t state = (uint64_t)who;
    void *v;

    for (int i = 0; i < rounds; i++) {
        const char *k = key[next_random(&state) % 3];

        switch (next_random(&state) % 4) {
        case 0: go_map_store(m, k, (void *)k); break;
        case 1: go_map_delete(m, k); break;
        case 2:
            if (go_map_load(m, k, &v))
                REQUIRE(v == k);
            break;
        case 3:
            if (next_random(&state) % 10 == 0)
                go_map_clear(m);
            break;
        }
    }
}

static int
few(void)
{
    struct go_map m = texts;

    rounds = share(100000);
    in_parallel(8, few_keys, &m);
    go_map_clear(&m);
    go_map_range(&m, adds, NULL);
    go_map_free(&m);
    REQUIRE(copies == 0);
    return 0;
}

// A value that was seen is not followed by an older one.
static void
grows(struct go_map *m, int who)
{
    uintptr_t last = 0;
    void *v = NULL;

    for (int i = 1; i <= rounds; i++) {
        if (who == 0) {
            go_map_store(m, word(7), word((uintptr_t)i));
            continue;
        }
        go_map_load(m, word(7), &v);
        REQUIRE(number(v) >= last);
        last = number(v);
    }
}

static int
newer_values(void)
{
    struct go_map m = { 0 };

    rounds = share(200000);
    in_parallel(4, grows, &m);
    go_map_free(&m);
    return 0;
}

// ---- Range -----------------------------------------------------------------

struct visit {
    struct go_map *m;
    int n, most;
};

static bool
deletes_it(const void *key, void *value, void *arg)
{
    struct visit *v = arg;

    (void)value;
    go_map_delete(v->m, key);
    go_map_store(v->m, key, word(1));   // it comes back, and is not shown again
    go_map_delete(v->m, key);
    go_gosched();
    REQUIRE(strlen(key) == 3);          // it is not freed yet
    return ++v->n < v->most;
}

static int
range_deletes(void)
{
    struct go_map m = texts;
    struct visit v = { .m = &m, .most = 1000 };
    char text[8];

    for (int i = 100; i < 600; i++) {
        snprintf(text, sizeof(text), "%d", i);
        go_map_store(&m, text, NULL);
    }
    go_map_range(&m, deletes_it, &v);
    REQUIRE(v.n == 500);
    go_map_range(&m, deletes_it, &v);
    REQUIRE(v.n == 500);
    for (int i = 100; i < 200; i++) {
        snprintf(text, sizeof(text), "%d", i);
        go_map_store(&m, text, NULL);
    }
    v = (struct visit){ .m = &m, .most = 10 };
    go_map_range(&m, deletes_it, &v);
    REQUIRE(v.n == 10);
    go_map_free(&m);
    REQUIRE(copies == 0);
    return 0;
}

static bool
ends_at_once(const void *key, void *value, void *arg)
{
    (void)key;
    (void)value;
    (void)arg;
    go_goexit();
}

static void
ranges_and_ends(struct go_map *m)
{
    go_map_range(m, ends_at_once, NULL);
}

// Many ranges, of which there is always one: what is deleted is freed all the same.
static bool
shows(const void *key, void *value, void *arg)
{
    (void)key;
    (void)value;
    (void)arg;
    go_gosched();
    return true;
}

static void
ranges_until_told(struct go_map *m, int who)
{
    (void)who;
    while (go_load(&stopped) == 0)
        go_map_range(m, shows, NULL);
}

static void
comes_and_goes_until(struct go_map *m, int rounds_left)
{
    // Somebody may be kept from running in the middle of a range: for a while more.
    for (; rounds_left > 0 || go_load(&copies) > 1000; rounds_left--) {
        go_map_store(m, "goes", NULL);
        go_map_delete(m, "goes");
        if (rounds_left % 16 == 0)
            go_gosched();
    }
    go_store(&stopped, 1);
}

static int
range_always(void)
{
    struct go_map m = texts;
    struct go_waitgroup wg = {0};
    const int n = share(100000);

    go_map_store(&m, "stays", NULL);
    go_map_store(&m, "too", NULL);
    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, ranges_until_told, &m, i);
    go_waitgroup_go(&wg, comes_and_goes_until, &m, n);
    go_waitgroup_wait(&wg);
    go_map_free(&m);
    REQUIRE(copies == 0);
    return 0;
}

static bool
waits_for_ever(const void *key, void *value, void *arg)
{
    (void)key;
    (void)value;
    (void)arg;
    go_add(&resumed, 1);
    go_select();
    return true;
}

// A range that its run has not let end.
static struct go_map kept_map;

static void
ranges_for_ever(void)
{
    go_map_range(&kept_map, waits_for_ever, NULL);
}

static int
range_begun(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    kept_map = texts;
    go_map_store(&kept_map, "stays", NULL);
    go(ranges_for_ever);
    while (go_load(&resumed) == 0)
        go_gosched();
    return 0;
}

static int
range_lost(void)
{
    go_map_free(&kept_map);
    for (int i = 0; i < 10000; i++) {
        go_map_store(&kept_map, "goes", NULL);
        go_map_delete(&kept_map, "goes");
        REQUIRE(copies < 1000);
    }
    go_map_free(&kept_map);
    REQUIRE(copies == 0);
    return 0;
}

// A thread that an older run has left behind knows nothing of today's readers, and
// frees what is its own. It has a map of its own.
static int begun, reading;

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
frees_its_own(void)
{
    static struct go_map own;
    const double end = now() + 1.5;

    go_preempt_disable();
    go_add(&begun, 1);
    while (now() < end) {
        go_map_store(&own, word(1), NULL);
        go_map_delete(&own, word(1));
    }
    for (;;)
        usleep(100000);
}

static int
one_stays(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(3);
    go(frees_its_own);
    while (go_load(&begun) == 0)
        usleep(1000);
    return 0;
}

// Takes so long that others could free its key meanwhile.
static bool
equal_slowly(const void *a, const void *b)
{
    bool same;

    if (*(const char *)a != 'x')
        return strcmp(a, b) == 0;
    go_store(&reading, 1);
    for (double end = now() + 0.3; now() < end;)
        ;
    same = strcmp(a, b) == 0;
    go_store(&reading, 2);
    return same;
}

static void
is_read(void *key)
{
    if (*(char *)key == 'x')
        REQUIRE(go_load(&reading) == 2);
    free(key);
}

static void
looks_slowly(struct go_map *m)
{
    go_map_load(m, "x", NULL);
}

static int
left_behind(void)
{
    static struct go_map m = { .hash = go_string_hash, .equal = equal_slowly,
                               .copy_key = go_string_copy, .free_key = is_read };
    struct go_waitgroup wg = {0};

    go_gomaxprocs(3);
    go_map_store(&m, "x", NULL);
    go_waitgroup_go(&wg, looks_slowly, &m);
    while (go_load(&reading) == 0)
        go_gosched();
    go_map_clear(&m);                   // does not ask what is equal
    while (go_load(&reading) == 1) {
        go_map_store(&m, "goes", NULL);
        go_map_delete(&m, "goes");
    }
    go_waitgroup_wait(&wg);
    go_map_free(&m);
    fflush(stdout);
    _exit(0);
}

// One that ends in the middle does not hold up what is to be freed.
static int
range_goexit(void)
{
    struct go_map m = texts;
    struct go_waitgroup wg = {0};

    go_map_store(&m, "stays", NULL);
    go_waitgroup_go(&wg, ranges_and_ends, &m);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < 10000; i++) {
        go_map_store(&m, "goes", NULL);
        go_map_delete(&m, "goes");
        REQUIRE(copies < 1000);
    }
    go_map_free(&m);
    REQUIRE(copies == 0);
    return 0;
}

// ---- What orders, and what does not ----------------------------------------

static int shared_data, has_stored;

static void
writes_then_stores(struct go_map *m, int key)
{
    shared_data = 1;
    go_map_store(m, word((uintptr_t)key), word(1));
    __atomic_store_n(&has_stored, 1, __ATOMIC_RELAXED);
}

static int
order_map(void)
{
    struct go_map m = { 0 };
    void *v;

    go(writes_then_stores, &m, 1);
    while (!go_map_load(&m, word(1), &v))
        go_gosched();
    REQUIRE(shared_data == 1);
    shared_data = 2;
    go_map_free(&m);
    return 0;
}

// The load of another key orders nothing, nor does that it was waited for.
static int
race_map(void)
{
    struct go_map m = { 0 };

    go_map_store(&m, word(2), word(1));
    go(writes_then_stores, &m, 1);
    while (!__atomic_load_n(&has_stored, __ATOMIC_RELAXED)) {
        go_map_load(&m, word(2), NULL);
        go_gosched();
    }
    printf("%d\n", shared_data);
    return 0;
}

static const struct { const char *name; int (*fn)(void); } scenarios[] = {
    { "as-a-model", as_a_model }, { "without-places", without_places },
    { "copied-keys", copied_keys }, { "given-keys", given_keys },
    { "asked-while-freed", asked_while_freed },
    { "churn", churn }, { "counters", counters }, { "one-wins", one_wins },
    { "nothing-is-missed", nothing_is_missed }, { "few", few },
    { "newer-values", newer_values }, { "range-deletes", range_deletes },
    { "range-goexit", range_goexit }, { "range-always", range_always },
    { "range-lost", range_lost }, { "left-behind", left_behind }, { "cleared", cleared },
    { "generator", generator },
    { "order", order_map }, { "race", race_map },
};

static int
go_main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "07-sync-more_map: which scenario?\n");
    return 2;
}

int
main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "range-lost") == 0)
        go_run(range_begun, argc, argv);
    if (argc == 2 && strcmp(argv[1], "left-behind") == 0)
        go_run(one_stays, argc, argv);
    return go_run(go_main, argc, argv);
}
