/** @file 07-sync-more_end.c  Programs that use the rest of sync wrongly, and what
 * they say.
 *
 * 07-sync-more_end NAME: each ends the process in its own way. The texts are
 * compared in 07-sync-more.bats.
 */
#include <stdio.h>
#include <string.h>

#include "goroutine.h"

static struct go_weighted w = { .size = 2 };
static struct go_errgroup eg;
static struct go_singleflight sf;
static struct go_pool pool;
static struct go_map map;

static void
settle(void)
{
    go_gomaxprocs(1);
    for (int i = 0; i < 5; i++)
        go_gosched();
}

// ---- Deadlocks -------------------------------------------------------------

static void
weighted_alone(void)
{
    go_weighted_acquire(&w, 1, NULL);
    go_weighted_acquire(&w, 2, NULL);
}

static void
weighted_too_much(void)
{
    go_weighted_acquire(&w, 3, NULL);
}

static int
waits(void *arg)
{
    (void)arg;
    go_select();
    return 0;
}

static void
group_waits(void)
{
    go_errgroup_go(&eg, waits, NULL);
    go_errgroup_wait(&eg);
}

static int
flies(void *arg, void **value)
{
    (void)arg;
    (void)value;
    go_select();
    return 0;
}

static void
leads(void)
{
    go_singleflight_do(&sf, "k", flies, NULL, NULL, NULL);
}

static void
flight_follows(void)
{
    go(leads);
    settle();
    go_singleflight_do(&sf, "k", flies, NULL, NULL, NULL);
}

static int
asks_itself(void *arg, void **value)
{
    return go_singleflight_do(&sf, "k", asks_itself, arg, value, NULL);
}

static void
flight_within_itself(void)
{
    go_singleflight_do(&sf, "k", asks_itself, NULL, NULL, NULL);
}

// ---- Misuse ----------------------------------------------------------------

static void
released_more(void)
{
    go_weighted_acquire(&w, 1, NULL);
    go_weighted_release(&w, 2);
}

static void
acquire_negative(void)
{
    go_weighted_acquire(&w, -1, NULL);
}

static void
try_negative(void)
{
    go_weighted_try_acquire(&w, -1);
}

static void
release_negative(void)
{
    go_weighted_release(&w, -1);
}

static void
limit_while_active(void)
{
    go_errgroup_set_limit(&eg, 5);
    for (int i = 0; i < 3; i++)
        go_errgroup_go(&eg, waits, NULL);
    go_errgroup_set_limit(&eg, 4);
}

// ---- Outside of a goroutine ------------------------------------------------

static bool
shows(const void *key, void *value, void *arg)
{
    (void)key;
    (void)value;
    (void)arg;
    return false;
}

static void
outside(const char *name)
{
    if (strcmp(name, "go_pool_get") == 0)
        go_pool_get(&pool);
    else if (strcmp(name, "go_pool_put") == 0)
        go_pool_put(&pool, &w);
    else if (strcmp(name, "go_pool_trim") == 0)
        go_pool_trim(&pool);
    else if (strcmp(name, "go_pool_free") == 0)
        go_pool_free(&pool);
    else if (strcmp(name, "go_map_load") == 0)
        go_map_load(&map, &w, NULL);
    else if (strcmp(name, "go_map_store") == 0)
        go_map_store(&map, &w, NULL);
    else if (strcmp(name, "go_map_load_or_store") == 0)
        go_map_load_or_store(&map, &w, NULL, NULL);
    else if (strcmp(name, "go_map_load_and_delete") == 0)
        go_map_load_and_delete(&map, &w, NULL);
    else if (strcmp(name, "go_map_delete") == 0)
        go_map_delete(&map, &w);
    else if (strcmp(name, "go_map_swap") == 0)
        go_map_swap(&map, &w, NULL, NULL);
    else if (strcmp(name, "go_map_compare_and_swap") == 0)
        go_map_compare_and_swap(&map, &w, NULL, NULL);
    else if (strcmp(name, "go_map_compare_and_delete") == 0)
        go_map_compare_and_delete(&map, &w, NULL);
    else if (strcmp(name, "go_map_range") == 0)
        go_map_range(&map, shows, NULL);
    else if (strcmp(name, "go_map_clear") == 0)
        go_map_clear(&map);
    else if (strcmp(name, "go_map_free") == 0)
        go_map_free(&map);
    else if (strcmp(name, "go_weighted_acquire") == 0)
        go_weighted_acquire(&w, 1, NULL);
    else if (strcmp(name, "go_weighted_try_acquire") == 0)
        go_weighted_try_acquire(&w, 1);
    else if (strcmp(name, "go_weighted_release") == 0)
        go_weighted_release(&w, 1);
    else if (strcmp(name, "go_errgroup_go") == 0)
        go_errgroup_go(&eg, waits, NULL);
    else if (strcmp(name, "go_errgroup_try_go") == 0)
        go_errgroup_try_go(&eg, waits, NULL);
    else if (strcmp(name, "go_errgroup_wait") == 0)
        go_errgroup_wait(&eg);
    else if (strcmp(name, "go_errgroup_cancelled") == 0)
        go_errgroup_cancelled(&eg);
    else if (strcmp(name, "go_errgroup_set_limit") == 0)
        go_errgroup_set_limit(&eg, 1);
    else if (strcmp(name, "go_singleflight_do") == 0)
        go_singleflight_do(&sf, "k", flies, NULL, NULL, NULL);
    else if (strcmp(name, "go_singleflight_do_chan") == 0)
        go_singleflight_do_chan(&sf, "k", flies, NULL);
    else if (strcmp(name, "go_singleflight_forget") == 0)
        go_singleflight_forget(&sf, "k");
    else
        fprintf(stderr, "07-sync-more_end: which function?\n");
}

static const struct { const char *name; void (*fn)(void); } scenarios[] = {
    { "weighted-alone", weighted_alone },
    { "weighted-too-much", weighted_too_much },
    { "group-waits", group_waits }, { "flight-follows", flight_follows },
    { "flight-within-itself", flight_within_itself },
    { "released-more", released_more },
    { "acquire-negative", acquire_negative },
    { "try-negative", try_negative },
    { "release-negative", release_negative },
    { "limit-while-active", limit_while_active },
};

static int
go_main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            scenarios[i].fn();
            return 0;
        }
    fprintf(stderr, "07-sync-more_end: which scenario?\n");
    return 1;
}

int
main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "outside") == 0) {
        outside(argv[2]);
        return 0;
    }
    return go_run(go_main, argc, argv);
}
