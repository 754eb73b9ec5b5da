/** @file 06-chan_explore-chan-send.c  Sends, from one p to the other. */
#include "channel_ends.h"

static int got;
static bool all_sent;

static void
receives(void)
{
    got += go_recv(ch);
}

static void
closes(void)
{
    go_close(ch);
}

static int
main_sends(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argv;
    ch = go_make_chan(int, argc);
    go_waitgroup_go(&wg, receives);
    go_waitgroup_go(&wg, receives);
    go_send(ch, 1);
    go_send(ch, 2);
    all_sent = true;
    go_waitgroup_wait(&wg);
    EXPLORE_EXPECT(got == 3, "Two values were sent, and not both have come.", NULL);
    return 0;
}

static int
main_sends_to_closed(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    ch = go_make_chan(int, 0);
    go_close(ch);
    go_send(ch, 1);
    return 0;
}

static int
main_closes(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    ch = go_make_chan(int, 0);
    go(closes);
    go_send(ch, 1);
    return 0;
}

static void hand(void) { EXPLORE_REQUIRE(go_run(main_sends, 0, NULL) == 0); }
static void ring(void) { EXPLORE_REQUIRE(go_run(main_sends, 1, NULL) == 0); }
static void closed(void) { go_run(main_sends_to_closed, 0, NULL); }
static void closing(void) { go_run(main_closes, 0, NULL); }

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_TWICE) {
        f->why = "It is on the list, and the lock is free: it is found before it "
                 "sleeps. chan_wait leaves with the lock.";
        return;
    }
    if (explain_lock(f) || !nobody_goes_on(f))
        return;
    if (some_send() && ((struct chan *)ch)->closed.atomic_value) {
        f->what = "A sender waits for a channel that is closed.";
        f->why = "Only what BLOCKS waits. CLOSED is an outcome, too: 0 is returned.";
    } else if (some_send() && some_receive()) {
        f->what = "A sender and a receiver wait, and do not find each other.";
        f->why = "One came between the other's look and its place on the list. "
                 "Both must be done under one turn of the lock.";
    } else if (all_sent && !some_receive()) {
        f->what = "A receiver has its value, and is never made ready.";
        f->why = "chan_put says who: *ready, unless that is NULL.";
    } else if (f->kind == EXPLORE_NOT_SAID) {
        f->what = "A send to a closed channel is taken for one that succeeded.";
        f->why = "What is returned is whether the value was sent: DONE.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "sends", .body = hand, .explain = explain, .procs = 1, .bound = 1 },
        { .name = "sends-closed", .body = closed, .explain = explain, .procs = 1,
          .expect = "panic: send on closed channel" },
        { .name = "sends-p2", .body = hand, .explain = explain, .procs = 2, .bound = 1,
          .samples = 1000 },
        { .name = "sends-ring-p2", .body = ring, .explain = explain, .procs = 2, .bound = 1,
          .samples = 1000 },
        { .name = "sends-closing-p2", .body = closing, .explain = explain, .procs = 2,
          .bound = 1, .expect = "panic: send on closed channel", .samples = 500 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
