/** @file 07-sync_explore-groups.c  Weighted semaphores and singleflight, in every
 * order.
 *
 * Goroutines are played (tests/tools/played.h), also where they park on a
 * channel: so three preemptions are tried at all places.
 * 07-sync_explore-more.c tries the same with the scheduler below.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave,--wrap=g_park_with
 */
#include "played.h"

#include "chan.h"

void *__wrap_g_park_with(struct g *gp, void (*release)(struct g *gp),
                         enum wait_reason why);

// As __wrap_g_park, and what it holds is given back by release.
void *
__wrap_g_park_with(struct g *gp, void (*release)(struct g *gp),
                   enum wait_reason why)
{
    struct played *self = (struct played *)gp;

    (void)why;
    g_set_status(gp, G_RUNNING, G_WAITING);
    if (release != NULL)
        release(gp);
    while (atomic_load_relaxed(&self->ready) == 0)
        world.futex_wait(&self->ready.atomic_value, 0, -1);
    atomic_store_relaxed(&self->ready, 0);
    g_set_status(gp, G_RUNNABLE, G_RUNNING);
    return gp->param;
}

// ---- Weighted semaphores ---------------------------------------------------

static struct go_weighted w;
static go_chan(struct go_unit) done;
static int inside, returned;

static void
require_free(int64_t taken)
{
    EXPLORE_REQUIRE(w.taken == taken);
    EXPLORE_REQUIRE(w.first == NULL && w.last == NULL);
}

static void
holds(int64_t n)
{
    EXPLORE_REQUIRE(go_weighted_acquire(&w, n, NULL));
    inside += (int)n;
    EXPLORE_REQUIRE(inside <= w.size);
    EXPLORE_YIELD();
    inside -= (int)n;
    go_weighted_release(&w, n);
    returned++;
}

static void
holds_one(int me)
{
    (void)me;
    holds(1);
}

static void
holds_two(int me)
{
    (void)me;
    holds(2);
}

static void
tries_one(int me)
{
    (void)me;
    if (go_weighted_try_acquire(&w, 1)) {
        EXPLORE_REQUIRE(++inside <= w.size);
        EXPLORE_YIELD();
        inside--;
        go_weighted_release(&w, 1);
    }
}

static void
each_in_turn(void)
{
    w.size = 2;
    play(holds_two);
    play(holds_one);
    play(tries_one);
    play_all();
    EXPLORE_REQUIRE(returned == 2);
    require_free(0);
}

static void
two_and_two(void)
{
    w.size = 2;
    play(holds_two);
    play(holds_two);
    play(holds_one);
    play_all();
    EXPLORE_REQUIRE(returned == 3);
    require_free(0);
}

static void
tries_two(int me)
{
    (void)me;
    if (go_weighted_acquire(&w, 2, done))
        go_weighted_release(&w, 2);
    returned++;
}

static void
closes(int me)
{
    (void)me;
    go_close(done);
}

static void
releases_two(int me)
{
    (void)me;
    go_weighted_release(&w, 2);
}

// As long as one of the two is taken, who wants both waits, and whoever comes
// after it. Its patience ends.
static void
gives_up(void)
{
    w.size = 2;
    w.taken = 1;
    play(tries_two);
    play(holds_one);
    play(closes);
    setg(&played[0].g);
    done = go_make_chan(struct go_unit, 0);
    play_all();
    EXPLORE_REQUIRE(returned == 2);
    require_free(1);
}

// Its patience ends, and it is granted what it wants, at once.
static void
gives_up_late(void)
{
    w.size = 2;
    w.taken = 2;
    play(tries_two);
    play(closes);
    play(releases_two);
    setg(&played[0].g);
    done = go_make_chan(struct go_unit, 0);
    play_all();
    EXPLORE_REQUIRE(returned == 1);
    require_free(0);
}

// Two give up at once, and a third stands behind them.
static void
two_give_up(void)
{
    w.size = 2;
    w.taken = 1;
    play(tries_two);
    play(tries_two);
    play(holds_one);
    play(closes);
    setg(&played[0].g);
    done = go_make_chan(struct go_unit, 0);
    play_all();
    EXPLORE_REQUIRE(returned == 3);
    require_free(1);
}

// ---- Singleflight ----------------------------------------------------------

static struct go_singleflight sf;
static int under_way, calls, got_shared, got_alone;

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
asks(int me)
{
    void *value = NULL;
    bool shared;

    (void)me;

    int error = go_singleflight_do(&sf, "k", fetch, &sf, &value, &shared);

    EXPLORE_REQUIRE(value == &sf && error >= 1 && error <= calls);
    if (shared)
        got_shared++;
    else
        got_alone++;
}

static void
require_landed(void)
{
    for (unsigned i = 0; i < sizeof(sf.calls) / sizeof(sf.calls[0]); i++)
        EXPLORE_REQUIRE(sf.calls[i] == NULL);
}

static void
flies_alone(void)
{
    play(asks);
    play_all();
    EXPLORE_REQUIRE(got_alone == 1);
    require_landed();
}

static void
flies_together(void)
{
    play(asks);
    play(asks);
    play(asks);
    play_all();
    EXPLORE_REQUIRE(got_shared + got_alone == 3);
    // Nobody shares with nobody; and who leads without followers is alone.
    EXPLORE_REQUIRE(got_shared != 1);
    EXPLORE_REQUIRE(calls == (got_shared > 0) + got_alone);
    require_landed();
}

// What stood below on the stack is gone: the explorer knows this address.
__attribute__((noinline)) static void
scribble(void)
{
    __attribute__((unused)) volatile uint64_t room[64];

    for (int i = 0; i < 64; i++)
        room[i] = 0x5a5a5a5a5a5a;
}

static void
asks_and_leaves(int me)
{
    asks(me);
    scribble();
}

static void
followers_leave(void)
{
    play(asks_and_leaves);
    play(asks_and_leaves);
    play(asks_and_leaves);
    play_all();
    require_landed();
}

static int
fetch_beside(void *arg, void **value)
{
    EXPLORE_YIELD();
    *value = arg;
    return 0;
}

static void
asks_beside(int me)
{
    void *value = NULL;

    (void)me;
    go_singleflight_do(&sf, "k", fetch_beside, &sf, &value, NULL);
    EXPLORE_REQUIRE(value == &sf);
    returned++;
}

static void
forgets(int me)
{
    (void)me;
    go_singleflight_forget(&sf, "k");
}

static void
forgotten(void)
{
    play(asks_beside);
    play(forgets);
    play(asks_beside);
    play_all();
    EXPLORE_REQUIRE(returned == 2);
    require_landed();
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "weighted-turns", .body = each_in_turn, .bound = 4, .samples = 1000 },
        { .name = "weighted-line", .body = two_and_two, .bound = 3, .samples = 2000 },
        { .name = "weighted-gives-up", .body = gives_up, .bound = 3, .samples = 2000 },
        { .name = "weighted-late", .body = gives_up_late, .bound = 3, .samples = 2000 },
        { .name = "weighted-two-give-up", .body = two_give_up, .bound = 1, .samples = 5000 },
        { .name = "flight-alone", .body = flies_alone, .bound = 0 },
        { .name = "flight", .body = flies_together, .bound = 4, .samples = 2000 },
        { .name = "flight-tell", .body = followers_leave, .bound = 3 },
        { .name = "flight-forget", .body = forgotten, .bound = 4, .samples = 1000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
