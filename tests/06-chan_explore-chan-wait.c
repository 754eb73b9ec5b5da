/** @file 06-chan_explore-chan-wait.c  Goroutines wait for a channel, while others
 * come to it, or close it.
 */
#include "channel_ends.h"

static struct g *waits;         // who may have to wait
static int got;

#define NOT_GOT "A value was sent, and its receiver has not got it."
#define NOT_GOT_WHY "The sudog says where the value is to go, or where it is: elem."

static void
sends(void)
{
    go_send(ch, 7);
}

static void
receives(void)
{
    waits = getg();
    got = go_recv(ch);
}

static void
closes(void)
{
    go_close(ch);
}

static int
main_receives(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    waits = getg();
    ch = go_make_chan(int, 0);
    go(sends);
    got = go_recv(ch);
    EXPLORE_EXPECT(got == 7, NOT_GOT, NOT_GOT_WHY);
    return 0;
}

static int
main_sends(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    waits = getg();
    ch = go_make_chan(int, 0);
    go_waitgroup_go(&wg, receives);
    go_send(ch, 7);
    go_waitgroup_wait(&wg);
    EXPLORE_EXPECT(got == 7, NOT_GOT, NOT_GOT_WHY);
    return 0;
}

static int
main_closed(int argc, char **argv)
{
    int v = 1;

    (void)argc;
    (void)argv;
    waits = getg();
    ch = go_make_chan(int, 0);
    go(closes);
    EXPLORE_EXPECT(!go_recv_ok(ch, &v),
                   "The channel was closed, and who waited is told of a value.",
                   "g_park_with returns what fire has left: 1 for a value, 0 for a close.");
    return 0;
}

static void receiver(void) { EXPLORE_REQUIRE(go_run(main_receives, 0, NULL) == 0); }
static void sender(void) { EXPLORE_REQUIRE(go_run(main_sends, 0, NULL) == 0); }
static void closed(void) { EXPLORE_REQUIRE(go_run(main_closed, 0, NULL) == 0); }

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_TWICE) {
        f->why = "It is on the list: who gets the lock finds it, and makes it "
                 "ready. So the lock is given back by g0, when it has left its "
                 "stack: release_one.";
    } else if (f->kind == EXPLORE_CRASH && waits->sudog.c != NULL) {
        if (waits->sudog.g == NULL) {
            f->what = "Nobody knows whose sudog it is.";
            f->why = "Who takes it off the list makes its goroutine ready: g.";
        } else if (waits->sudog.elem == NULL) {
            f->what = NOT_GOT;
            f->why = NOT_GOT_WHY;
        } else if (waits->waiting == NULL) {
            f->what = "g0 does not know which lock to give back.";
            f->why = "release_one finds the channel by gp->waiting.";
        }
    } else if (!explain_lock(f) && nobody_goes_on(f) && !some_receive() && !some_send()) {
        f->what = "A goroutine waits for a channel, and is on no list of it.";
        f->why = "Who comes later looks at the list, and nowhere else.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "sleeps-recv", .body = receiver, .explain = explain, .procs = 1, .bound = 1 },
        { .name = "sleeps-closed", .body = closed, .explain = explain, .procs = 1, .bound = 1 },
        { .name = "sleeps-recv-p2", .body = receiver, .explain = explain, .procs = 2,
          .bound = 1, .samples = 1000 },
        { .name = "sleeps-send-p2", .body = sender, .explain = explain, .procs = 2,
          .bound = 1, .samples = 1000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
