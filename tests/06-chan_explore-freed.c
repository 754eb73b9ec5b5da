/** @file 06-chan_explore-freed.c  A channel is freed as soon as nobody uses it any
 * more, though go_close, which takes receivers off in portions, has not returned.
 */
#include "explore.h"
#include "goroutine.h"

static go_chan(int) ch, other;

static void
receives(void)
{
    int v;

    EXPLORE_REQUIRE(!go_recv_ok(ch, &v));
}

static void
selects(void)
{
    int v;

    go_select(go_case_recv(ch, &v), go_case_recv(other, &v));
}

static void
closes(void)
{
    go_close(ch);
}

// argc receive; if asked, one more waits for another channel, too, and goes on by
// that. Whoever knows that all of them have gone on may free ch.
static int
main_frees(int argc, char **argv)
{
    struct go_waitgroup wg = {0};
    const bool one_selects = argv != NULL;

    ch = go_make_chan(int, 0);
    other = go_make_chan(int, 1);
    for (int i = 0; i < argc; i++)
        go_waitgroup_go(&wg, receives);
    if (one_selects)
        go_waitgroup_go(&wg, selects);
    go_gosched();
    go(closes);
    if (one_selects)
        go_send(other, 1);
    go_waitgroup_wait(&wg);
    go_free_chan(ch);
    go_gosched();
    return 0;
}

static void
by_receivers(void)
{
    EXPLORE_REQUIRE(go_run(main_frees, 3, NULL) == 0);
}

static void
by_select(void)
{
    char *none[] = { NULL };

    EXPLORE_REQUIRE(go_run(main_frees, 2, none) == 0);
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "freed-p2", .body = by_receivers, .procs = 2, .bound = 1,
          .samples = 1000 },
        { .name = "freed-select-p2", .body = by_select, .procs = 2, .bound = 1,
          .samples = 20000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
