/** @file 06-chan_explore-chan-close.c  A channel is closed while goroutines wait
 * for it, or come to it.
 */
#include "channel_ends.h"

static int ended;

static void
receives(void)
{
    int v = 1;

    EXPLORE_EXPECT(!go_recv_ok(ch, &v) && v == 0,
                   "A receive from a closed channel gives a value that nobody sent.",
                   "close_queue makes the places of receivers zero.");
    ended++;
}

static void
sends(void)
{
    go_send(ch, 1);
}

static int
main_receivers(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argv;
    ch = go_make_chan(int, 0);
    for (int i = 0; i < argc; i++)
        go_waitgroup_go(&wg, receives);
    go_gosched();
    go_close(ch);
    go_waitgroup_wait(&wg);
    EXPLORE_REQUIRE(ended == argc);
    return 0;
}

static int
main_senders(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    ch = go_make_chan(int, 0);
    go_waitgroup_go(&wg, sends);
    go_gosched();
    go_close(ch);
    go_waitgroup_wait(&wg);
    return 0;
}

static int
main_twice(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    ch = go_make_chan(int, 0);
    go_close(ch);
    go_close(ch);
    return 0;
}

static void three(void) { EXPLORE_REQUIRE(go_run(main_receivers, 3, NULL) == 0); }
static void one(void) { EXPLORE_REQUIRE(go_run(main_receivers, 1, NULL) == 0); }
static void senders(void) { go_run(main_senders, 0, NULL); }
static void twice(void) { go_run(main_twice, 0, NULL); }

static void
explain(struct explore_failure *f)
{
    if (explain_lock(f) || !nobody_goes_on(f))
        return;
    if (some_send()) {
        f->what = "The channel is closed, and a sender still waits for it.";
        f->why = "Both lists are emptied: senders go on, too, and panic.";
    } else if (some_receive()) {
        f->what = "The channel is closed, and a receiver still waits for it.";
        f->why = "It looked before, and went to sleep after: to close, and to take "
                 "off those who wait, must be done under one turn of the lock. Or "
                 "close_queue has said that some are left, and nobody has listened.";
    } else if (f->kind == EXPLORE_NOT_SAID) {
        f->what = "A channel is closed twice, and nothing is said.";
        f->why = "Somebody who closes it believes that he is the one: \"close "
                 "of closed channel\".";
    } else {
        f->what = "Not all that waited for the channel are made ready.";
        f->why = "next is the link of whatever list a goroutine is on. After "
                 "g_ready that is a run queue. So who comes next is read "
                 "before, and all are made ready, not the first one only.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "close-receivers", .body = three, .explain = explain, .procs = 1, .bound = 1 },
        { .name = "close-sender", .body = senders, .explain = explain, .procs = 1, .bound = 1,
          .expect = "panic: send on closed channel" },
        { .name = "close-twice", .body = twice, .explain = explain, .procs = 1,
          .expect = "panic: close of closed channel" },
        { .name = "close-one-p2", .body = one, .explain = explain, .procs = 2, .bound = 1,
          .samples = 1000 },
        { .name = "close-three-p2", .body = three, .explain = explain, .procs = 2,
          .bound = 1, .samples = 500 },
        { .name = "close-sender-p2", .body = senders, .explain = explain, .procs = 2,
          .bound = 1, .samples = 500, .expect = "panic: send on closed channel" },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
