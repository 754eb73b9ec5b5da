/** @file 06-chan_explore.c  The protocols of channels and select, in every order.
 *
 * Whole programs, on one p and on two. Each run has some 200 steps, so three
 * preemptions take half a minute, where they are tried; for some they would take
 * hours, and two, or one, are. Random schedules go beyond that, and
 * 06-chan_explore-played.c has three for all, without the scheduler below.
 */
#include "chan.h"
#include "explore.h"

// ---- Below the scheduler: who has a select ---------------------------------

// One goroutine waits for two channels; others send to both.
static struct chan left, right;
static struct g waiter;
static struct sudog sg[2];
static int place[2], sent[2], taken;

static void
sends_below(void *arg)
{
    struct chan *c = arg;
    struct g *ready = NULL;
    const int v = c == &left ? 1 : 2;

    channel_lock(&c->lock, false);

    enum outcome outcome = chan_put(c, &v, &ready);

    channel_unlock(&c->lock, false);
    EXPLORE_REQUIRE(outcome != CLOSED);
    EXPLORE_REQUIRE((outcome == DONE) == (ready == &waiter));
    sent[v - 1] = outcome == DONE;
    taken += outcome == DONE;
    EXPLORE_REQUIRE(taken <= 1);
}

static void
one_has_the_select(void)
{
    struct chan *c[2] = { &left, &right };

    for (int i = 0; i < 2; i++) {
        c[i]->elem_size = sizeof(int);
        sg[i] = (struct sudog){ .g = &waiter, .c = c[i], .elem = &place[i],
                                .is_select = true };
        waitq_put(&c[i]->recvq, &sg[i]);
    }
    waiter.top = &waiter;
    explore_thread(sends_below, &left);
    sends_below(&right);
    explore_join();
    EXPLORE_REQUIRE(taken == 1);
    EXPLORE_REQUIRE(waiter.param == &sg[sent[1]]);
    EXPLORE_REQUIRE(place[0] == (sent[0] ? 1 : 0));
    EXPLORE_REQUIRE(place[1] == (sent[1] ? 2 : 0));
}

// ---- Whole programs --------------------------------------------------------

static int got;

static void
run(int (*main_fn)(int, char **))
{
    EXPLORE_REQUIRE(go_run(main_fn, 0, NULL) == 0);
}

static void
sends(go_chan(int) ch, int v)
{
    go_send(ch, v);
}

static void
receives(go_chan(int) ch)
{
    got += go_recv(ch);
}

static int
main_unbuffered(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 0);

    (void)argc;
    (void)argv;
    go(sends, ch, 1);
    EXPLORE_REQUIRE(go_recv(ch) == 1);
    go_free_chan(ch);
    return 0;
}

static void
unbuffered(void)
{
    run(main_unbuffered);
}

static void
sends_three(go_chan(int) ch)
{
    for (int i = 1; i <= 3; i++)
        go_send(ch, i);
}

// Who receives the last value frees the channel.
static int
main_buffered(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 1);

    (void)argc;
    (void)argv;
    go(sends_three, ch);
    for (int i = 1; i <= 3; i++)
        EXPLORE_REQUIRE(go_recv(ch) == i);
    EXPLORE_REQUIRE(go_len(ch) == 0);
    go_free_chan(ch);
    return 0;
}

static void
buffered(void)
{
    run(main_buffered);
}

static void
sends_and_closes(go_chan(int) ch)
{
    go_send(ch, 1);
    go_close(ch);
}

static int
main_closed(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 0);
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&wg, receives, ch);
    go_gosched();                       // who is started last may run first
    go_waitgroup_go(&wg, sends_and_closes, ch);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(got == 1);
    return 0;
}

static void
closed(void)
{
    run(main_closed);
}

static int
main_send_closed(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 0);
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, sends, ch, 1);
    go_close(ch);
    go_waitgroup_wait(&wg);
    return 0;
}

static void
send_closed(void)
{
    go_run(main_send_closed, 0, NULL);
}

// Two values, for two channels, and a select of both, twice.
static int
main_select(int argc, char **argv)
{
    go_chan(int) a = go_make_chan(int, 0), b = go_make_chan(int, 0);
    int x = 0, y = 0;

    (void)argc;
    (void)argv;
    go(sends, a, 1);
    go(sends, b, 2);
    for (int i = 0; i < 2; i++)
        go_select(go_case_recv(a, &x), go_case_recv(b, &y));
    EXPLORE_REQUIRE(x == 1 && y == 2);
    go_free_chan(a);
    go_free_chan(b);
    return 0;
}

static void
selects(void)
{
    run(main_select);
}

// Two selects that fit together, in opposite order.
static void
answers(go_chan(int) a, go_chan(int) b)
{
    int v = 0;
    int k = go_select(go_case_recv(a, &v), go_case_send(b, 2));

    EXPLORE_REQUIRE(k == 1 || v == 1);
    got += 2 - k;
}

static int
main_select_meets_select(int argc, char **argv)
{
    go_chan(int) a = go_make_chan(int, 0), b = go_make_chan(int, 0);
    struct go_waitgroup wg = {0};
    int v = 0;

    (void)argc;
    (void)argv;
    go_waitgroup_go(&wg, answers, a, b);

    int k = go_select(go_case_recv(b, &v), go_case_send(a, 1));

    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(got == 1 + k);
    EXPLORE_REQUIRE(k == 1 || v == 2);
    go_free_chan(a);
    go_free_chan(b);
    return 0;
}

static void
select_meets_select(void)
{
    run(main_select_meets_select);
}

// There is always something in one of the two.
static void
must_find(go_chan(int) a, go_chan(int) b)
{
    EXPLORE_EXPECT(go_select(go_case_recv(b, NULL), go_case_recv(a, NULL),
                             go_case_default) != 2,
                   "The default is done, though at each moment a case could be done.",
                   "All cases have to be looked at while none can change.");
}

static int
main_default(int argc, char **argv)
{
    go_chan(int) a = go_make_chan(int, 1), b = go_make_chan(int, 1);
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_send(a, 1);
    go_waitgroup_go(&wg, must_find, a, b);
    go_send(b, 1);
    go_select(go_case_recv(a, NULL), go_case_default);
    go_waitgroup_wait(&wg);
    return 0;
}

static void
nothing_is_missed(void)
{
    run(main_default);
}

// A select waits, and one of its channels is closed.
static void
closes(go_chan(int) ch)
{
    go_close(ch);
}

static int
main_select_closed(int argc, char **argv)
{
    go_chan(int) a = go_make_chan(int, 0), b = go_make_chan(int, 0);
    bool ok = true;

    (void)argc;
    (void)argv;
    go(closes, b);
    EXPLORE_REQUIRE(go_select(go_case_recv(a, NULL),
                              go_case_recv_ok(b, NULL, &ok)) == 1);
    EXPLORE_REQUIRE(!ok);
    // It is on no list any more.
    go_free_chan(a);
    return 0;
}

static void
select_closed(void)
{
    run(main_select_closed);
}

// A select that names a channel twice is done with it once one of the cases has
// fired: so it may be freed.
static void
sends_either(go_chan(int) ch)
{
    go_select(go_case_send(ch, 1), go_case_send(ch, 2));
}

static int
main_twice(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 0);

    (void)argc;
    (void)argv;
    go(sends_either, ch);
    go_gosched();
    EXPLORE_REQUIRE(go_recv(ch) > 0);
    go_free_chan(ch);
    go_gosched();
    return 0;
}

static void
select_twice(void)
{
    run(main_twice);
}

static void
receives_either(go_chan(int) ch)
{
    go_select(go_case_recv(ch, NULL), go_case_recv(ch, NULL));
}

static int
main_twice_close(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 0);

    (void)argc;
    (void)argv;
    go(receives_either, ch);
    go_gosched();
    go_send(ch, 1);
    go_close(ch);
    go_free_chan(ch);
    go_gosched();
    return 0;
}

static void
select_twice_close(void)
{
    run(main_twice_close);
}

// A full ring with a sender that waits: its value comes last.
static int
main_full(int argc, char **argv)
{
    go_chan(int) ch = go_make_chan(int, 1);

    (void)argc;
    (void)argv;
    go_send(ch, 1);
    go(sends, ch, 2);
    go_gosched();
    EXPLORE_REQUIRE(go_recv(ch) == 1);
    EXPLORE_REQUIRE(go_recv(ch) == 2);
    return 0;
}

static void
full_ring(void)
{
    run(main_full);
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "select-done", .body = one_has_the_select, .bound = 3, .samples = 1000 },
        { .name = "select-done-tso", .body = one_has_the_select, .bound = 3, .tso = true },
        { .name = "chan", .body = unbuffered, .bound = 3, .procs = 2, .samples = 1000 },
        { .name = "chan-tso", .body = unbuffered, .bound = 3, .procs = 2, .tso = true },
        { .name = "chan-ring", .body = buffered, .bound = 3, .procs = 2, .samples = 1000 },
        { .name = "chan-full", .body = full_ring, .bound = 3, .procs = 1 },
        { .name = "chan-close", .body = closed, .bound = 3, .procs = 1 },
        { .name = "chan-close2", .body = closed, .bound = 1, .procs = 2, .samples = 2000 },
        { .name = "chan-send-closed", .body = send_closed, .bound = 3, .procs = 2,
          .expect = "panic: send on closed channel" },
        { .name = "select", .body = selects, .bound = 1, .procs = 2, .samples = 2000 },
        { .name = "select-tso", .body = selects, .bound = 1, .procs = 2, .tso = true },
        { .name = "select-select", .body = select_meets_select, .bound = 2, .procs = 2,
          .samples = 2000 },
        { .name = "select-default", .body = nothing_is_missed, .bound = 3, .procs = 2,
          .samples = 2000 },
        { .name = "select-twice", .body = select_twice, .bound = 1, .procs = 2,
          .samples = 2000 },
        { .name = "select-twice-1p", .body = select_twice, .bound = 3, .procs = 1 },
        { .name = "select-twice-close", .body = select_twice_close, .bound = 1,
          .procs = 2, .samples = 2000 },
        { .name = "select-close", .body = select_closed, .bound = 3, .procs = 2,
          .samples = 1000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
