/** @file 06-chan_explore-chan-put.c  A value is sent, and nobody sleeps: to who
 * waits for it, into the ring, or not at all.
 */
#include "channels.h"

static struct waits a, b, s;

static void
into_the_ring(void)
{
    struct chan *c = channel(2);
    struct g *ready = &a.g;
    const int *ring = (const int *)c->ring;

    for (int lap = 0; lap < 2; lap++) {
        int got = 0;

        EXPLORE_EXPECT(put(c, 1, &ready) == DONE, "There is room, and the value is not sent.",
                       "The ring has room while count is less than cap.");
        EXPLORE_EXPECT(ready == NULL, "Nobody waited, and somebody is to be made ready.",
                       "*ready is NULL, unless somebody was fired.");
        EXPLORE_EXPECT(kept(c) == 1, "A value is in the ring, and is not counted.",
                       "A receiver asks count whether there is something: see add_count.");
        EXPLORE_EXPECT(ring[0] == 1, "The value is not in its place.",
                       "c->ring[c->sendx] is the next place.");
        EXPLORE_EXPECT(put(c, 2, &ready) == DONE, "There is room, and the value is not sent.",
                       "The ring has room while count is less than cap.");
        EXPLORE_EXPECT(ring[0] == 1, "A value in the ring is overwritten by the next one.",
                       "sendx is where the next one goes: after() says what comes "
                       "after that.");
        EXPLORE_EXPECT(ring[1] == 2 && kept(c) == 2, "The value is not in its place.",
                       "c->ring[c->sendx] is the next place.");
        EXPLORE_EXPECT(put(c, 3, &ready) == BLOCKS, "A full ring takes one more value.",
                       "It is full when count is cap. Then the sender waits: BLOCKS.");
        EXPLORE_EXPECT(ring[0] == 1 && ring[1] == 2 && kept(c) == 2,
                       "It is said to block, and has been sent.", NULL);
        for (int i = 1; i <= 2; i++) {
            chan_take(c, &got, &ready);
            EXPLORE_EXPECT(got == i, "Values come out in another order than they went in.", NULL);
        }
    }
}

static void
to_who_waits(size_t room)
{
    struct chan *c = channel(room);
    struct g *ready = NULL;

    wait_on(c, &c->recvq, &a, 0, false);
    wait_on(c, &c->recvq, &b, 0, false);

    const int outcome = put(c, 7, &ready);

    EXPLORE_EXPECT(kept(c) == 0, "A receiver waits, and the value goes into the ring.",
                   "Who waits sleeps, and is woken by who brings the value. "
                   "Nobody else looks into the ring for it.");
    EXPLORE_EXPECT(outcome == DONE, "A receiver waits, and the value is not sent.",
                   "waitq_get(&c->recvq) takes the first who waits.");
    EXPLORE_EXPECT(a.place == 7, "A receiver is taken off its list, and gets no value.",
                   "Its sudog says where the value goes: elem.");
    EXPLORE_EXPECT(ready == &a.g, "A receiver has its value, and is not to be made ready.",
                   "fire says what its wait came to, and whom the caller must "
                   "make ready: *ready.");
    EXPLORE_EXPECT(a.g.param == (void *)1, "A receiver is told that the channel is closed.",
                   "fire(sg, true): a value was passed.");
    EXPLORE_EXPECT(b.place == 0, "One value goes to two receivers.", NULL);
    // One who waits for the event, and not for the value.
    b.sg.elem = NULL;
    EXPLORE_EXPECT(put(c, 8, &ready) == DONE && ready == &b.g,
                   "A receiver waits, and the value is not sent.", NULL);
    EXPLORE_EXPECT(c->sendx == c->recvx && kept(c) == 0,
                   "An empty ring whose next places differ.",
                   "sendx and recvx are the same place while nothing is kept.");
}

static void without_a_ring(void) { to_who_waits(0); }
static void past_the_ring(void) { to_who_waits(2); }

static void
closed(void)
{
    struct chan *c = channel(2);
    struct g *ready = &a.g;

    atomic_store_relaxed(&c->closed, true);
    EXPLORE_EXPECT(put(c, 1, &ready) == CLOSED, "A closed channel takes a value.",
                   "Whoever receives has been told that nothing more comes.");
    EXPLORE_EXPECT(ready == NULL && kept(c) == 0,
                   "A send to a closed channel has changed something.", NULL);
}

static void
nobody(void)
{
    struct chan *c = channel(0);
    struct g *ready = &a.g;

    EXPLORE_EXPECT(put(c, 1, &ready) == BLOCKS && ready == NULL,
                   "Nobody waits, and there is no ring, and yet it is sent.", NULL);
    // As good as nobody: a select that another channel has decided.
    atomic_store_relaxed(&s.g.select_done, 1);
    wait_on(c, &c->recvq, &s, 0, true);
    EXPLORE_EXPECT(put(c, 1, &ready) == BLOCKS && ready == NULL,
                   "A select that was decided elsewhere gets a second value.",
                   "waitq_get passes it over.");
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_CRASH) {
        f->what = "A receiver that drops the value gets it all the same.";
        f->why = "go_case_recv(ch, NULL) waits for the event only: its elem is "
                 "NULL, and nothing is to be copied there.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "put-ring", .body = into_the_ring, .explain = explain },
        { .name = "put-nobody", .body = nobody, .explain = explain },
        { .name = "put-closed", .body = closed, .explain = explain },
        { .name = "put-receiver", .body = without_a_ring, .explain = explain },
        { .name = "put-past-ring", .body = past_the_ring, .explain = explain },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
