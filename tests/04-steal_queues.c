/** @file 04-steal_queues.c  The ring of a p, and the order of stealing, alone.
 *
 * One scenario a process: 04-steal_queues NAME. CHECK_SHARE says how many
 * percent of the work to do, on machines that are slow. What must hold in every
 * order is in 04-steal_explore.c; here real threads meet at the real size.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime.h"

#include "runq.h"
#include "steal.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); \
    fflush(stdout); _exit(1); } } while (0)

enum { ITEMS = 2 * RUNQ_SIZE, MANY = 200000 };

static struct runq mine, theirs;
static struct g item[ITEMS];

static int
share(int n)
{
    const char *percent = getenv("CHECK_SHARE");

    n = percent != NULL ? n * atoi(percent) / 100 : n;
    return n < 1 ? 1 : n;
}

// ---- One thread ------------------------------------------------------------

// The oldest first; and no more than there is room for. From each position on,
// so that positions wrap around at each slot.
static int
first_in_first_out(void)
{
    for (int begin = 0; begin < RUNQ_SIZE; begin++) {
        for (int i = 0; i < RUNQ_SIZE; i++) {
            REQUIRE(runq_length(&mine) == (uint32_t)i);
            REQUIRE(runq_put(&mine, &item[i]));
        }
        REQUIRE(!runq_put(&mine, &item[RUNQ_SIZE]));
        for (int i = 0; i < RUNQ_SIZE; i++)
            REQUIRE(runq_get(&mine) == &item[i]);
        REQUIRE(runq_get(&mine) == NULL);
        REQUIRE(runq_empty(&mine));
        runq_put(&mine, &item[0]);
        runq_get(&mine);
    }
    return 0;
}

// Half of a full ring and the new one, in their order, as a list.
static int
overflows(void)
{
    struct g *first, *last;

    REQUIRE(runq_overflow(&mine, &item[0], &first, &last) == 0);
    for (int i = 0; i < RUNQ_SIZE; i++)
        runq_put(&mine, &item[i]);
    REQUIRE(runq_overflow(&mine, &item[RUNQ_SIZE], &first, &last) ==
            RUNQ_SIZE / 2 + 1);
    for (int i = 0; i < RUNQ_SIZE / 2; i++, first = first->next)
        REQUIRE(first == &item[i]);
    REQUIRE(first == &item[RUNQ_SIZE] && first == last && last->next == NULL);
    for (int i = RUNQ_SIZE / 2; i < RUNQ_SIZE; i++)
        REQUIRE(runq_get(&mine) == &item[i]);
    REQUIRE(runq_empty(&mine));
    return 0;
}

static int
steals_half(void)
{
    for (int n = 0; n <= RUNQ_SIZE; n++) {
        const int half = n - n / 2;

        for (int i = 0; i < n; i++)
            runq_put(&mine, &item[i]);
        REQUIRE(runq_steal(&theirs, &mine) == (n > 0 ? &item[0] : NULL));
        for (int i = 1; i < half; i++)
            REQUIRE(runq_get(&theirs) == &item[i]);
        REQUIRE(runq_get(&theirs) == NULL);
        for (int i = half; i < n; i++)
            REQUIRE(runq_get(&mine) == &item[i]);
        REQUIRE(runq_get(&mine) == NULL);
    }
    return 0;
}

static int
takes_half(void)
{
    for (int n = 0; n <= RUNQ_SIZE; n++) {
        struct g *first = NULL, *last = NULL;
        const uint32_t half = (uint32_t)(n - n / 2);

        for (int i = 0; i < n; i++)
            runq_put(&mine, &item[i]);
        REQUIRE(runq_take_half(&mine, &first, &last) == half);
        for (uint32_t i = 0; i < half; i++, first = first->next)
            REQUIRE(first == &item[i]);
        REQUIRE(half == 0 || (first == NULL && last == &item[half - 1]));
        while (runq_get(&mine) != NULL)
            ;
    }
    // Of an empty ring, who runs next.
    struct g *first, *last;

    runq_put_next(&mine, &item[7]);
    REQUIRE(runq_length(&mine) == 1);
    REQUIRE(runq_take_half(&mine, &first, &last) == 1);
    REQUIRE(first == &item[7] && last == &item[7] && first->next == NULL);
    REQUIRE(runq_empty(&mine));
    return 0;
}

// Who is readied last runs first, and pushes out who should have.
static int
runs_next(void)
{
    runq_put(&mine, &item[0]);
    REQUIRE(runq_put_next(&mine, &item[1]) == NULL);
    REQUIRE(!runq_empty(&mine) && runq_length(&mine) == 2);
    REQUIRE(runq_put_next(&mine, &item[2]) == &item[1]);
    REQUIRE(runq_put(&mine, &item[1]));
    REQUIRE(runq_get(&mine) == &item[2]);
    REQUIRE(runq_get(&mine) == &item[0]);
    REQUIRE(runq_get(&mine) == &item[1]);
    REQUIRE(runq_put_next(&mine, &item[3]) == NULL);
    REQUIRE(runq_steal_next(&mine) == &item[3]);
    REQUIRE(runq_steal_next(&mine) == NULL);
    REQUIRE(runq_get(&mine) == NULL);
    return 0;
}

// Those who ready one another share a slice: who waits in the ring comes to a
// turn, and they wait behind it.
static int
slice_ends(void)
{
    enum { ENOUGH = 100 };

    for (int waiting = 0; waiting < 3; waiting++) {
        int turns = 0;

        runq_put(&mine, &item[10]);
        runq_put(&mine, &item[11]);
        for (;;) {
            REQUIRE(runq_put_next(&mine, &item[turns % 2]) == NULL);

            struct g *gp = runq_get(&mine);

            if (gp == &item[10])
                break;
            REQUIRE(gp == &item[turns % 2]);
            REQUIRE(++turns < ENOUGH);
        }
        REQUIRE(turns > 1);
        REQUIRE(runq_get(&mine) == &item[11]);
        REQUIRE(runq_get(&mine) == &item[turns % 2]);
        REQUIRE(runq_get(&mine) == NULL);
    }
    // Alone, they go on.
    for (int i = 0; i < 2 * ENOUGH; i++) {
        runq_put_next(&mine, &item[i % 2]);
        REQUIRE(runq_get(&mine) == &item[i % 2]);
    }
    return 0;
}

// With one p the same steps, without atomic ones.
static int
alone(void)
{
    mine.alone = true;
    first_in_first_out();
    overflows();
    runs_next();
    slice_ends();
    return 0;
}

// ---- Threads ---------------------------------------------------------------

static struct g *some;
static int *how_often, left;

static void
count(struct g *gp)
{
    if (gp == NULL)
        return;
    REQUIRE(__atomic_fetch_add(&how_often[gp - some], 1, __ATOMIC_RELAXED) == 0);
    __atomic_fetch_sub(&left, 1, __ATOMIC_RELAXED);
}

static void *
thief(void *arg)
{
    struct runq *own = arg;

    while (__atomic_load_n(&left, __ATOMIC_RELAXED) > 0) {
        count(runq_steal(own, &mine));
        count(runq_steal_next(&mine));
        for (struct g *gp; (gp = runq_get(own)) != NULL;)
            count(gp);
    }
    return NULL;
}

// Each of very many is taken once, whoever takes it.
static int
thieves(void)
{
    static struct runq own[3];
    const int n = share(MANY);
    pthread_t thread[3];

    some = calloc((size_t)n, sizeof(*some));
    how_often = calloc((size_t)n, sizeof(*how_often));
    left = n;
    for (int i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, thief, &own[i]);
    for (int i = 0; i < n; i++) {
        struct g *gp = i % 3 == 0 ? runq_put_next(&mine, &some[i]) : &some[i];
        struct g *first, *last;
        uint32_t out = 0;

        while (gp != NULL && !runq_put(&mine, gp))
            if ((out = runq_overflow(&mine, gp, &first, &last)) > 0)
                break;
        for (; out > 0; out--) {
            struct g *next = first->next;

            count(first);
            first = next;
        }
        if (i % 5 == 0)
            count(runq_get(&mine));
    }
    while (__atomic_load_n(&left, __ATOMIC_RELAXED) > 0)
        count(runq_get(&mine));
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    for (int i = 0; i < n; i++)
        REQUIRE(how_often[i] == 1);
    free(some);
    free(how_often);
    return 0;
}

static int stop;

static void *
looks(void *arg)
{
    (void)arg;
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        REQUIRE(!runq_empty(&mine));
    return NULL;
}

// There is one at each moment, here or there: it is never said to be empty.
static int
never_empty(void)
{
    pthread_t thread;

    runq_put_next(&mine, &item[0]);
    pthread_create(&thread, NULL, looks, NULL);
    for (int i = 1; i < share(MANY); i++) {
        struct g *was = &item[(i - 1) % 2], *gp = &item[i % 2];

        mine.inherited = 0;             // so that get takes who runs next
        REQUIRE(runq_put_next(&mine, gp) == was);
        REQUIRE(runq_put(&mine, was));
        REQUIRE(runq_get(&mine) == gp);
        REQUIRE(runq_put_next(&mine, gp) == NULL);
        REQUIRE(runq_steal(&theirs, &mine) == was);
    }
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    pthread_join(thread, NULL);
    return 0;
}

// ---- The order of stealing -------------------------------------------------

// Each p once, wherever it begins, for each step; and all begin everywhere.
static int
order(void)
{
    for (uint32_t n = 1; n <= 64; n++) {
        uint32_t begins[64] = { 0 };

        for (uint32_t lot = 0; lot < 3 * n * n; lot++) {
            struct order o = order_draw(n, lot * 2654435769u);
            uint64_t seen = 0;

            begins[o.at]++;
            for (uint32_t i = 0; i < n; i++)
                seen |= 1ull << order_next(&o);
            REQUIRE(seen == (n == 64 ? ~0ull : (1ull << n) - 1));
        }
        for (uint32_t i = 0; i < n; i++)
            REQUIRE(begins[i] > 0);
    }
    return 0;
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*fn)(void);
    } scenarios[] = {
        { "first-in-first-out", first_in_first_out },
        { "overflows", overflows },
        { "steals-half", steals_half },
        { "takes-half", takes_half },
        { "runs-next", runs_next },
        { "slice-ends", slice_ends },
        { "alone", alone },
        { "thieves", thieves },
        { "never-empty", never_empty },
        { "order", order },
    };

    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc > 1 && strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    fprintf(stderr, "04-steal_queues: which scenario?\n");
    return 2;
}
