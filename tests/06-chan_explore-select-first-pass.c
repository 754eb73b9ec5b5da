/** @file 06-chan_explore-select-first-pass.c  A select looks at its cases, while
 * others come to the same channels.
 */
#include "chan.h"
#include "explore.h"

static go_chan(int) a, b;
static int x, in_all, went_on;

static void
sends(go_chan(int) ch, int v)
{
    go_send(ch, v);
    went_on++;
}

// Something is there already.
static int
main_finds(int argc, char **argv)
{
    struct go_waitgroup wg = {0};
    bool ok = true;

    (void)argc;
    (void)argv;
    a = go_make_chan(int, 1);
    b = go_make_chan(int, 0);
    EXPLORE_EXPECT(go_select(go_case_recv(a, &x), go_case_recv(b, &x), go_case_default) == 2,
                   "No case can be done, and the default is not done either.", NULL);
    go_send(a, 7);
    EXPLORE_EXPECT(go_select(go_case_recv(b, NULL), go_case_recv(a, &x)) == 1 && x == 7,
                   "A value is there, and the select does not get it.", NULL);
    go_waitgroup_go(&wg, sends, b, 8);
    go_gosched();
    EXPLORE_EXPECT(go_select(go_case_recv(a, NULL), go_case_recv(b, &x)) == 1 && x == 8,
                   "A value is there, and the select does not get it.", NULL);
    go_waitgroup_wait(&wg);
    go_close(a);
    EXPLORE_EXPECT(go_select(go_case_recv_ok(a, &x, &ok), go_case_default) == 0,
                   "A channel is closed, and the select does not see it.", NULL);
    EXPLORE_EXPECT(!ok, "A channel is closed, and the select tells of a value.",
                   "finish tells the program what the case came to.");
    return 0;
}

// Two selects, and two values, one after the other.
static void
selects(go_chan(int) ch)
{
    int v = 0;

    go_select(go_case_recv(ch, &v));
    EXPLORE_EXPECT(v != 0, "A select tells of a value, and has got none.",
                   "Somebody was faster: act says so, by BLOCKS. Then the case is "
                   "not done, and it is time to look again.");
    in_all += v;
}

static int
main_two(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    a = go_make_chan(int, 1);
    go_waitgroup_go(&wg, selects, a);
    go_send(a, 1);
    go_waitgroup_go(&wg, sends, a, 2);
    selects(a);
    go_waitgroup_wait(&wg);
    EXPLORE_EXPECT(in_all == 3, "Two selects got the same value, or one was lost.",
                   "act needs the lock of the channel.");
    return 0;
}

// There is always something in one of the two.
static void
must_find(void)
{
    EXPLORE_EXPECT(go_select(go_case_recv(b, NULL), go_case_recv(a, NULL), go_case_default) != 2,
                   "The default is done, though at each moment a case could be done.",
                   "Each was looked at, but not all at one moment: what was seen "
                   "first had changed before the last was seen. none_could knows.");
}

static int
main_always(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    a = go_make_chan(int, 1);
    b = go_make_chan(int, 1);
    go_send(a, 1);
    go_waitgroup_go(&wg, must_find);
    go_send(b, 1);
    go_select(go_case_recv(a, NULL), go_case_default);
    go_waitgroup_wait(&wg);
    return 0;
}

static void finds(void) { EXPLORE_REQUIRE(go_run(main_finds, 0, NULL) == 0); }
static void two(void) { EXPLORE_REQUIRE(go_run(main_two, 0, NULL) == 0); }
static void always(void) { EXPLORE_REQUIRE(go_run(main_always, 0, NULL) == 0); }

static bool
is_taken(go_chan(int) ch)
{
    return ch != NULL && ((struct chan *)ch)->lock.taken.atomic_value;
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_NOT_SO || f->kind == EXPLORE_CRASH)
        return;
    if (is_taken(a) || is_taken(b)) {
        f->what = "The lock of a channel is never given back.";
        f->why = "After act it is not needed any more, whatever the outcome.";
    } else if (x == 8 && went_on == 0) {
        f->what = "A select has received a value, and its sender is never made ready.";
        f->why = "act says whom: *ready. finish makes it ready.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "looks", .body = finds, .explain = explain, .procs = 1, .bound = 1 },
        { .name = "looks-two-p2", .body = two, .explain = explain, .procs = 2, .bound = 1,
          .samples = 500 },
        { .name = "looks-always-p2", .body = always, .explain = explain, .procs = 2,
          .bound = 2, .samples = 2000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
