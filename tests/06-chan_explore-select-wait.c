/** @file 06-chan_explore-select-wait.c  A select waits for two channels, and
 * others come to them, one after the other or both at once.
 */
#include "chan.h"
#include "explore.h"

static go_chan(int) a, b;
static struct g *selects;
static int x, y;

static void
sends(go_chan(int) ch, int v)
{
    go_send(ch, v);
}

static void
receives(go_chan(int) ch)
{
    x = go_recv(ch);
}

static void
closes(go_chan(int) ch)
{
    go_close(ch);
}

static void
begin(void)
{
    selects = getg();
    a = go_make_chan(int, 0);
    b = go_make_chan(int, 0);
    // In the order of addresses, for messages that are the same each time.
    if ((uintptr_t)a > (uintptr_t)b) {
        go_chan(int) c = a;

        a = b;
        b = c;
    }
}

#define WRONG_CASE "The select tells of another case than the one that was done."
#define WRONG_CASE_WHY "order[i] is the case that comes i-th in the order of locks."

static void
nobody_on(go_chan(int) ch)
{
    struct chan *c = (struct chan *)ch;

    EXPLORE_EXPECT(atomic_load_relaxed(&c->recvq.first) == NULL &&
                       atomic_load_relaxed(&c->sendq.first) == NULL,
                   "The select is over, and a case of it is still on a list.",
                   "Its sudog lies on the stack of the select, and is gone when "
                   "it returns. Who takes it off the list then finds anything.");
}

static int
main_receives(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    begin();
    go(sends, a, 7);
    EXPLORE_EXPECT(go_select(go_case_recv(b, &y), go_case_recv(a, &x)) == 1, WRONG_CASE,
                   WRONG_CASE_WHY);
    EXPLORE_EXPECT(x == 7 && y == 0, "The value of a case did not come to its place.", NULL);
    nobody_on(a);
    nobody_on(b);
    return 0;
}

static int
main_sends(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    begin();
    go_waitgroup_go(&wg, receives, b);
    EXPLORE_EXPECT(go_select(go_case_recv(a, &y), go_case_send(b, 7)) == 1, WRONG_CASE,
                   WRONG_CASE_WHY);
    go_waitgroup_wait(&wg);
    EXPLORE_EXPECT(x == 7, "A case sent, and its value did not come.", NULL);
    nobody_on(a);
    nobody_on(b);
    return 0;
}

static int
main_closed(int argc, char **argv)
{
    bool ok = true;

    (void)argc;
    (void)argv;
    begin();
    go(closes, b);
    EXPLORE_EXPECT(go_select(go_case_recv(a, NULL), go_case_recv_ok(b, &y, &ok)) == 1, WRONG_CASE,
                   WRONG_CASE_WHY);
    EXPLORE_EXPECT(!ok, "The channel was closed, and the select tells of a value.",
                   "The sudog that fired knows whether there was one: success.");
    nobody_on(a);
    return 0;
}

// Both come at once; and the next select is as good as the first.
static int
main_both(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    begin();
    go(sends, a, 1);
    go(sends, b, 2);
    for (int i = 0; i < 2; i++)
        go_select(go_case_recv(a, &x), go_case_recv(b, &y));
    EXPLORE_EXPECT(x == 1 && y == 2, "Two values were sent, and not both have come.", NULL);
    nobody_on(a);
    nobody_on(b);
    return 0;
}

// First a is decided; then somebody comes to b, passes over the select, and
// serves the one that waits behind it.
static void
directs(void)
{
    struct go_waitgroup wg = {0};

    go_waitgroup_go(&wg, receives, b);
    go_gosched();
    EXPLORE_REQUIRE(go_try_send(a, 1));
    EXPLORE_REQUIRE(go_try_send(b, 2));
    go_waitgroup_wait(&wg);
}

static int
main_behind(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    begin();
    go(directs);
    EXPLORE_EXPECT(go_select(go_case_recv(a, &y), go_case_recv(b, NULL)) == 0, WRONG_CASE,
                   WRONG_CASE_WHY);
    EXPLORE_EXPECT(atomic_load_relaxed(&((struct chan *)b)->recvq.first) == NULL,
                   "A case is taken off a list that it is not on any more.",
                   "Who came to it second has taken it off, to pass it over. Its "
                   "neighbours have changed since: queued says whether it is there.");
    return 0;
}

// One channel, in two cases. It is freed as soon as a value has come.
static void
sends_and_frees(go_chan(int) ch)
{
    go_send(ch, 7);
    go_free_chan(ch);
}

static int
main_freed(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    begin();
    go(sends_and_frees, a);
    go_select(go_case_recv(a, &x), go_case_recv(a, &y));
    EXPLORE_EXPECT(x + y == 7, "The value of a case did not come to its place.", NULL);
    return 0;
}

// Each case has a channel that is NULL: it waits for ever, while others go on.
static bool none_waits;

static void
waits_for_none(void)
{
    const go_chan(int) no = NULL;

    selects = getg();
    none_waits = true;
    go_select(go_case_recv(no, &x), go_case_recv(no, &y));
}

static int
main_none(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    begin();
    go(waits_for_none);
    go(sends, a, 1);
    (void)go_recv(a);
    return 0;
}

static void none(void) { EXPLORE_REQUIRE(go_run(main_none, 0, NULL) == 0); }
static void freed(void) { EXPLORE_REQUIRE(go_run(main_freed, 0, NULL) == 0); }
static void behind(void) { EXPLORE_REQUIRE(go_run(main_behind, 0, NULL) == 0); }
static void receiver(void) { EXPLORE_REQUIRE(go_run(main_receives, 0, NULL) == 0); }
static void sender(void) { EXPLORE_REQUIRE(go_run(main_sends, 0, NULL) == 0); }
static void closed(void) { EXPLORE_REQUIRE(go_run(main_closed, 0, NULL) == 0); }
static void both(void) { EXPLORE_REQUIRE(go_run(main_both, 0, NULL) == 0); }

static bool
is_taken(go_chan(int) ch)
{
    return ch != NULL && ((struct chan *)ch)->lock.taken.atomic_value;
}

static void
explain(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_FREED:
        f->what = "A channel that has fired is used after it was freed.";
        f->why = "Who fired it has taken all its cases off, for the select has "
                 "nothing to do with it any more: leave out all of that channel.";
        break;
    case EXPLORE_TWICE:
        f->why = "Its sudogs are on the lists. So the locks are given back by g0, "
                 "when it has left its stack: release_all.";
        break;
    case EXPLORE_CRASH:
        if (none_waits) {
            f->what = "A select of channels that are NULL has locks to give back.";
            f->why = "If m is 0 there is no sudog: gp->waiting is NULL then.";
        } else if (selects->param == (void *)1) {
            f->what = "A select is told that a value came, and not by which case.";
            f->why = "fire gives the sudog to a select, and to others 1 or 0: it "
                     "asks is_select.";
        } else if (selects->waiting == NULL) {
            f->what = "g0 does not know which locks to give back.";
            f->why = "release_all begins at gp->waiting.";
        }
        break;
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
    case EXPLORE_ENDED:
        if (is_taken(a) || is_taken(b)) {
            f->what = "The lock of a channel is never given back.";
            f->why = "g0 gives back all that the select came with: from "
                     "gp->waiting on, along waitlink.";
        } else if (selects->select_done.atomic_value == 1) {
            f->what = "A select that waits is taken for one that is decided.";
            f->why = "select_done is 1 from the last time, until somebody makes "
                     "it 0: before the locks are given back.";
        } else {
            f->what = "A select waits, and is not found.";
            f->why = "A case that receives waits on recvq, one that sends on sendq.";
        }
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "picks-recv", .body = receiver, .explain = explain, .procs = 1, .bound = 1 },
        { .name = "picks-send", .body = sender, .explain = explain, .procs = 1, .bound = 1 },
        { .name = "picks-closed", .body = closed, .explain = explain, .procs = 1, .bound = 1 },
        { .name = "picks-behind", .body = behind, .explain = explain, .procs = 1 },
        { .name = "picks-recv-p2", .body = receiver, .explain = explain, .procs = 2,
          .bound = 1, .samples = 500 },
        { .name = "picks-both-p2", .body = both, .explain = explain, .procs = 2, .bound = 1,
          .samples = 1000 },
        { .name = "picks-none-p2", .body = none, .explain = explain, .procs = 2, .bound = 1,
          .samples = 500 },
        { .name = "picks-freed-p2", .body = freed, .explain = explain, .procs = 2,
          .bound = 1, .samples = 500 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
