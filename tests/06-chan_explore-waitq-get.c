/** @file 06-chan_explore-waitq-get.c  Who waits for a channel is taken off its
 * list: in order, and a select by one only.
 */
#include "channels.h"

static struct waits a, b, s;
static struct chan *left, *right;

#define STILL_LISTED "Who was taken is still on the list."
#define STILL_LISTED_WHY "The next one would find it, too, and pass it a second value."

// Two that wait: the first one comes first, and then nobody is left.
static void
in_order(void)
{
    struct g *ready;

    left = channel(0);
    // Of selects that they did before.
    atomic_store_relaxed(&a.g.select_done, 1);
    atomic_store_relaxed(&b.g.select_done, 1);
    wait_on(left, &left->recvq, &a, 0, false);
    wait_on(left, &left->recvq, &b, 0, false);
    EXPLORE_EXPECT(put(left, 1, &ready) == DONE,
                   "A goroutine waits, and is taken for a select that is decided.",
                   "Only a sudog of a select (is_select) has a select_done that "
                   "means something. Of others it is what was left there.");
    EXPLORE_EXPECT(ready != &b.g, "Who came last is served first.",
                   "They are served in the order of their coming: q->first, and "
                   "new ones stand behind q->last.");
    EXPLORE_EXPECT(!a.sg.queued && atomic_load_relaxed(&left->recvq.first) == &b.sg,
                   STILL_LISTED, STILL_LISTED_WHY);
    EXPLORE_EXPECT(put(left, 2, &ready) == DONE && ready == &b.g,
                   "Of two that wait the second one is not found.", NULL);
    EXPLORE_EXPECT(put(left, 3, &ready) == BLOCKS,
                   "Nobody waits, and somebody is found.", NULL);
}

// A select that was decided elsewhere, and one that waits behind it.
static void
looks_on(void)
{
    struct g *ready;

    left = channel(0);
    atomic_store_relaxed(&s.g.select_done, 1);
    wait_on(left, &left->recvq, &s, 0, true);
    wait_on(left, &left->recvq, &b, 0, false);
    const int outcome = put(left, 1, &ready);

    EXPLORE_EXPECT(ready != &s.g, "One select is taken by two.",
                   "Another channel has decided it: select_done is 1. It takes "
                   "one value, and not two.");
    EXPLORE_EXPECT(outcome == DONE,
                   "A goroutine waits, and is not found behind a select that is "
                   "decided.",
                   "Who is passed over does not wait any more. So the next one "
                   "is the first that waits.");
    EXPLORE_EXPECT(!s.sg.queued && !b.sg.queued, STILL_LISTED, STILL_LISTED_WHY);
}

// One select waits for two channels, and others come to both at once.
static int place[2], sent[2], taken;
static struct sudog sg[2];

static void
sends(void *arg)
{
    struct chan *c = arg;
    struct g *ready = NULL;
    const int v = c == left ? 1 : 2;

    channel_lock(&c->lock, false);

    const int outcome = put(c, v, &ready);

    channel_unlock(&c->lock, false);
    sent[v - 1] = outcome == DONE;
    taken += outcome == DONE;
    EXPLORE_EXPECT(taken <= 1, "One select is taken by two.",
                   "To ask whether select_done is 0, and to make it 1, must be "
                   "one step. A cas is, and says who was first.");
}

static void
one_has_it(void)
{
    left = channel(0);
    right = channel(0);
    s.g.top = &s.g;
    for (int i = 0; i < 2; i++) {
        struct chan *c = i == 0 ? left : right;

        sg[i] = (struct sudog){ .g = &s.g, .c = c, .elem = &place[i],
                                .is_select = true };
        waitq_put(&c->recvq, &sg[i]);
    }
    explore_thread(sends, left);
    sends(right);
    explore_join();
    EXPLORE_EXPECT(taken == 1, "A select waits, and nobody takes it.",
                   "select_done is 0, so it is undecided: whoever makes it 1 has "
                   "it. atomic_cas says true to that one.");
    EXPLORE_EXPECT(s.g.param == &sg[sent[1]], "A select is told the wrong case.", NULL);
    EXPLORE_EXPECT(atomic_load_relaxed(&s.g.select_done) == 1,
                   "A select is taken, and does not say so.", NULL);
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_NEVER_ENDS) {
        f->what = "Who looks for somebody that waits never ends.";
        f->why = "The list must become shorter each time, or the look go on.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "waitq-order", .body = in_order, .explain = explain },
        { .name = "waitq-on", .body = looks_on, .explain = explain },
        { .name = "waitq-one", .body = one_has_it, .explain = explain,
          .bound = 3, .samples = 1000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
