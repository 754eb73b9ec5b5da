/** @file 06-chan_explore-played.c  Send, receive, close and select, in every order,
 * with three preemptions.
 *
 * Goroutines are played (tests/tools/played.h): what channels do is the library's,
 * and only to park and to be woken is not. 06-chan_explore.c tries the same with
 * the scheduler below, where an execution has ten times as many steps.
 *
 * Each is tried twice: in all orders of steps, and with stores that others see
 * late, as on x86.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave,--wrap=g_park_with
 */
#include "played.h"

#include "chan.h"

void *__wrap_g_park_with(struct g *gp, void (*release)(struct g *gp),
                         enum wait_reason why);

// The locks are given back when it can be woken, and not before: as if g0 did it.
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

static go_chan(int) a, b;
static int got[PLAYED], n_got, chosen[PLAYED];

// Channels a and b, of these capacities; who runs next is the first.
static void
make(int room_a, int room_b)
{
    setg(&played[0].g);
    a = go_make_chan(int, room_a);
    b = go_make_chan(int, room_b);
}

// All have ended, and nobody is on a list.
static void
ends(void)
{
    play_all();
    go_free_chan(a);
    go_free_chan(b);
}

// ---- Send and receive ------------------------------------------------------

static void
sends(int me)
{
    go_send(a, me + 1);
}

static void
sends_two(int me)
{
    go_send(a, 10 * me + 1);
    go_send(a, 10 * me + 2);
}

static void
receives(int me)
{
    got[me] = go_recv(a);
}

static void
receives_two(int me)
{
    got[me] = go_recv(a);
    got[me] = 100 * got[me] + go_recv(a);
}

static void
meet(void)
{
    play(sends_two);
    play(receives_two);
    make(0, 0);
    ends();
    EXPLORE_REQUIRE(got[1] == 102);
}

static void
ring(void)
{
    play(sends_two);
    play(receives_two);
    make(1, 0);
    ends();
    EXPLORE_REQUIRE(got[1] == 102);
}

// Each value once.
static void
two_senders(void)
{
    play(sends);
    play(sends);
    play(receives_two);
    make(0, 0);
    ends();
    EXPLORE_REQUIRE(got[2] == 102 || got[2] == 201);
}

static void
two_receivers(void)
{
    play(sends_two);
    play(receives);
    play(receives);
    make(1, 0);
    ends();
    EXPLORE_REQUIRE((got[1] == 1 && got[2] == 2) || (got[1] == 2 && got[2] == 1));
}

// ---- Close -----------------------------------------------------------------

static void
sends_and_closes(int me)
{
    go_send(a, me + 7);
    go_close(a);
}

static void
ranges(int me)
{
    go_range(v, a) {
        got[me] += v;
        n_got++;
    }
}

// What was sent arrives; then all who wait are told.
static void
close_ends(void)
{
    play(sends_and_closes);
    play(ranges);
    play(ranges);
    make(0, 0);
    ends();
    EXPLORE_REQUIRE(got[1] + got[2] == 7 && n_got == 1);
}

static void
close_drains(void)
{
    play(sends_and_closes);
    play(ranges);
    play(ranges);
    make(1, 0);
    ends();
    EXPLORE_REQUIRE(got[1] + got[2] == 7 && n_got == 1);
}

// ---- Select ----------------------------------------------------------------

static void
sends_b(int me)
{
    go_send(b, me + 1);
}

static void
selects_two(int me)
{
    int x = 0, y = 0;

    for (int i = 0; i < 2; i++)
        go_select(go_case_recv(a, &x), go_case_recv(b, &y));
    got[me] = 10 * x + y;
}

// Two come with a value, each for another case: one each time.
static void
select_two(void)
{
    play(sends);
    play(sends_b);
    play(selects_two);
    make(0, 0);
    ends();
    EXPLORE_REQUIRE(got[2] == 12);
}

static void
selects_ab(int me)
{
    chosen[me] = go_select(go_case_recv(a, &got[me]), go_case_send(b, me + 1));
}

static void
selects_ba(int me)
{
    chosen[me] = go_select(go_case_recv(b, &got[me]), go_case_send(a, me + 1));
}

// Two selects that fit together, in opposite orders.
static void
select_select(void)
{
    play(selects_ab);
    play(selects_ba);
    make(0, 0);
    ends();
    EXPLORE_REQUIRE(chosen[0] + chosen[1] == 1);
    EXPLORE_REQUIRE(got[0] == (chosen[0] == 0 ? 2 : 0));
    EXPLORE_REQUIRE(got[1] == (chosen[1] == 0 ? 1 : 0));
}

static void
closes_b(int me)
{
    (void)me;
    go_close(b);
}

static void
selects_until_closed(int me)
{
    int v;
    bool ok = true;

    while (go_select(go_case_recv(a, &v), go_case_recv_ok(b, NULL, &ok)) == 0)
        got[me] += v;
    EXPLORE_REQUIRE(!ok);
}

// One sends, and closes the other channel then.
static void
sends_then_closes_b(int me)
{
    sends(me);
    closes_b(me);
}

static void
select_close(void)
{
    play(sends_then_closes_b);
    play(selects_until_closed);
    make(0, 0);
    ends();
    EXPLORE_REQUIRE(got[1] == 1);
}

// ---- Without waiting -------------------------------------------------------

static void
must_find(int me)
{
    chosen[me] = go_select(go_case_recv(b, NULL), go_case_recv(a, NULL),
                           go_case_default);
    EXPLORE_REQUIRE(chosen[me] != 2);
}

static void
moves_the_value(int me)
{
    go_send(b, me);
    chosen[me] = go_select(go_case_recv(a, NULL), go_case_default);
}

// A value is in a, then in both, then in one of them.
static void
nothing_is_missed(void)
{
    play(moves_the_value);
    play(must_find);
    make(1, 1);
    go_send(a, 1);
    play_all();
    EXPLORE_REQUIRE(go_len(a) + go_len(b) ==
                    2 - (size_t)(chosen[0] == 0) - (chosen[1] != 2));
}

static void
tries_to_send(int me)
{
    chosen[me] = go_try_send(a, me + 1);
}

// Of two that try, one finds a place.
static void
one_place(void)
{
    play(tries_to_send);
    play(tries_to_send);
    make(1, 0);
    play_all();
    EXPLORE_REQUIRE(chosen[0] + chosen[1] == 1);
    EXPLORE_REQUIRE(go_recv(a) == (chosen[0] ? 1 : 2));
}

static void
tries_to_receive(int me)
{
    int v = 0;

    chosen[me] = go_try_recv(a, &v);
    EXPLORE_REQUIRE(v == (chosen[me] ? 1 : 0));
    if (!chosen[me])
        receives(me);
    else
        got[me] = v;
}

static void
try_then_wait(void)
{
    play(sends);
    play(tries_to_receive);
    make(0, 0);
    ends();
    EXPLORE_REQUIRE(got[1] == 1);
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "played-meet", .body = meet, .bound = 3 },
        { .name = "played-meet-tso", .body = meet, .bound = 3, .tso = true },
        { .name = "played-ring", .body = ring, .bound = 3 },
        { .name = "played-ring-tso", .body = ring, .bound = 3, .tso = true },
        { .name = "played-senders", .body = two_senders, .bound = 3 },
        { .name = "played-senders-tso", .body = two_senders, .bound = 3, .tso = true },
        { .name = "played-receivers", .body = two_receivers, .bound = 3 },
        { .name = "played-receivers-tso", .body = two_receivers, .bound = 3, .tso = true },
        { .name = "played-close", .body = close_ends, .bound = 3 },
        { .name = "played-close-tso", .body = close_ends, .bound = 3, .tso = true },
        { .name = "played-drain", .body = close_drains, .bound = 3 },
        { .name = "played-drain-tso", .body = close_drains, .bound = 3, .tso = true },
        { .name = "played-select", .body = select_two, .bound = 3 },
        { .name = "played-select-tso", .body = select_two, .bound = 3, .tso = true },
        { .name = "played-selects", .body = select_select, .bound = 3 },
        { .name = "played-selects-tso", .body = select_select, .bound = 3, .tso = true },
        { .name = "played-select-close", .body = select_close, .bound = 3 },
        { .name = "played-select-close-tso", .body = select_close, .bound = 3, .tso = true },
        { .name = "played-default", .body = nothing_is_missed, .bound = 3 },
        { .name = "played-default-tso", .body = nothing_is_missed, .bound = 3, .tso = true },
        { .name = "played-place", .body = one_place, .bound = 3 },
        { .name = "played-place-tso", .body = one_place, .bound = 3, .tso = true },
        { .name = "played-try", .body = try_then_wait, .bound = 3 },
        { .name = "played-try-tso", .body = try_then_wait, .bound = 3, .tso = true },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
