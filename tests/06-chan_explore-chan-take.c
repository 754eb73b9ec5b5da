/** @file 06-chan_explore-chan-take.c  A value is received, and nobody sleeps:
 * from the ring, from who waits to send it, or not at all.
 */
#include "channels.h"

static struct waits a, b;

static void
from_the_ring(void)
{
    struct chan *c = channel(3);
    struct g *ready;
    int got = 0;

    for (int i = 1; i <= 2; i++)
        put(c, i, &ready);
    ready = &a.g;
    EXPLORE_EXPECT(chan_take(c, &got, &ready) == DONE,
                   "There is a value in the ring, and it is not received.", NULL);
    EXPLORE_EXPECT(got == 1, "Not the oldest value is received.",
                   "It is the one at recvx.");
    EXPLORE_EXPECT(ready == NULL, "Nobody waited, and somebody is to be made ready.",
                   "*ready is NULL, unless somebody was fired.");
    EXPLORE_EXPECT(kept(c) == 1, "A value was received, and is still counted.",
                   "One less is in the ring.");
    EXPLORE_EXPECT(chan_take(c, &got, &ready) == DONE && got != 1,
                   "The same value is received twice.",
                   "recvx is where the oldest is: after() says what comes after that.");
    EXPLORE_EXPECT(got == 2 && kept(c) == 0, "Values come out in another order than they went in.",
                   NULL);
    EXPLORE_EXPECT(chan_take(c, &got, &ready) == BLOCKS && ready == NULL,
                   "Nothing is there, and something is received.", NULL);
    // A value that nobody wants.
    put(c, 3, &ready);
    EXPLORE_EXPECT(chan_take(c, NULL, &ready) == DONE && kept(c) == 0,
                   "A value that is to be dropped stays in the ring.", NULL);
}

// Two wait to send behind a full ring.
static void
behind_the_ring(void)
{
    struct chan *c = channel(2);
    struct g *ready;
    int got = 0;

    put(c, 1, &ready);
    put(c, 2, &ready);
    wait_on(c, &c->sendq, &a, 3, false);
    wait_on(c, &c->sendq, &b, 4, false);
    EXPLORE_EXPECT(chan_take(c, &got, &ready) == DONE, "The ring is full, and nothing is received.",
                   NULL);
    EXPLORE_EXPECT(got == 1, "A value overtakes those that were sent before it.",
                   "What is in the ring is older than what its senders still hold.");
    EXPLORE_EXPECT(!a.sg.queued, "There is room in the ring, and a sender still waits.",
                   "Nobody else will tell it: who takes a value from a full ring "
                   "puts the value of the first sender there.");
    EXPLORE_EXPECT(ready == &a.g, "The value of a sender was fetched, and it is not to be made ready.",
                   "fire, and *ready.");
    EXPLORE_EXPECT(kept(c) == 2, "The ring is full, and is counted as if it had room.",
                   "One has left it, and one has come.");
    for (int i = 2; i <= 4; i++)
        EXPLORE_EXPECT(chan_take(c, &got, &ready) == DONE && got == i,
                       "A value overtakes those that were sent before it.",
                       "The value of a sender that waited is the newest: after "
                       "it, both sendx and recvx stand at the next place.");
    EXPLORE_EXPECT(b.g.param == (void *)1, "A sender is told that the channel is closed.", NULL);
}

static void
from_hand_to_hand(void)
{
    struct chan *c = channel(0);
    struct g *ready = NULL;
    int got = 0;

    EXPLORE_EXPECT(chan_take(c, &got, &ready) == BLOCKS, "Nobody sends, and something is received.",
                   NULL);
    wait_on(c, &c->sendq, &a, 7, false);
    EXPLORE_EXPECT(chan_take(c, &got, &ready) == DONE, "A sender waits, and its value is not received.",
                   "Without a ring the value is where its sudog says.");
    EXPLORE_EXPECT(got == 7, "A value was received, and it is not the one that was sent.", NULL);
    EXPLORE_EXPECT(ready == &a.g, "The value of a sender was fetched, and it is not to be made ready.",
                   "fire, and *ready.");
    wait_on(c, &c->sendq, &b, 8, false);
    EXPLORE_EXPECT(chan_take(c, NULL, &ready) == DONE && ready == &b.g,
                   "A sender waits, and its value is not received.", NULL);
}

static void
closed(void)
{
    struct chan *c = channel(2);
    struct g *ready;
    int got = 9;

    put(c, 1, &ready);
    atomic_store_relaxed(&c->closed, true);
    EXPLORE_EXPECT(chan_take(c, &got, &ready) == DONE && got == 1,
                   "What is left in a closed channel is lost.",
                   "Closed means that nothing more is sent. What was sent is received.");
    EXPLORE_EXPECT(chan_take(c, &got, &ready) == CLOSED && ready == NULL,
                   "A closed and empty channel does not say so.", "CLOSED.");
    EXPLORE_EXPECT(got == 0, "A receive from a closed channel leaves an old value.",
                   "Who does not ask for ok gets a zero, and no accident.");
    EXPLORE_EXPECT(chan_take(c, NULL, &ready) == CLOSED, "A closed and empty channel does not say so.",
                   NULL);
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_CRASH) {
        f->what = "A receive that drops the value keeps it all the same.";
        f->why = "elem is NULL: nothing is to be copied there. The value is "
                 "off the ring all the same.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "take-ring", .body = from_the_ring, .explain = explain },
        { .name = "take-behind-ring", .body = behind_the_ring, .explain = explain },
        { .name = "take-hand", .body = from_hand_to_hand, .explain = explain },
        { .name = "take-closed", .body = closed, .explain = explain },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
