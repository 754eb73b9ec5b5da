/** @file passing.c  The ways of a value, step by step. */
#include "../01-context/claim.h"
#include "chan.h"
#include "gstatus.h"

static go_chan(long) none, ring;
static long place;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static void
receives(go_chan(long) ch)
{
    place = go_recv(ch);
}

static void
sends(go_chan(long) ch, long v)
{
    go_send(ch, v);
}

static uint32_t
turn(void *ch)
{
    uint32_t n;

    channel_look(&((struct chan *)ch)->lock, &n);
    return n;
}

static int
go_main(int argc, char **argv)
{
    struct chan *c, *n;
    long got = 0;

    (void)argc;
    (void)argv;
    // Two p's, for one alone needs no lock: the other one does nothing.
    go_gomaxprocs(2);
    ring = go_make_chan(long, 2);
    c = (struct chan *)ring;

    uint32_t before = turn(ring);

    go_send(ring, 1);
    verdict("6.15", is(turn(ring) == before + 1), "its turn has grown by one; alone ours takes none");
    verdict("6.17", is(c->sendx == sizeof(long) && go_len(ring) == 1 && *(long *)c->ring == 1),
            "the value is in the ring, sendx has moved, and count is 1");
    before = turn(ring);
    (void)go_recv(ring);
    verdict("6.19", is(turn(ring) == before + 1), "its turn has grown by one");
    verdict("6.21", is(go_len(ring) == 0 && c->recvx == c->sendx),
            "count is 0, and recvx has moved");
    before = turn(ring);

    const bool empty = !go_try_recv(ring, &got);

    verdict("6.32", empty && turn(ring) == before ? "half true" : "false",
            "each still has one lock; but who would not wait, and finds nothing, does not take it");

    go_gomaxprocs(1);
    none = go_make_chan(long, 0);
    n = (struct chan *)none;
    go(receives, none);
    go_gosched();

    struct sudog *sg = atomic_load_relaxed(&n->recvq.first);
    const bool queued = sg != NULL && g_status(sg->g) == G_WAITING;

    verdict("6.22", is(queued), "on recvq, and waiting");
    go_send(none, 7);

    const bool off = atomic_load_relaxed(&n->recvq.first) == NULL;
    // The receiver has not run yet: its variable is on its stack, and was written.
    const bool direct = sg->elem != NULL && *(long *)sg->elem == 7;

    verdict("6.16", is(off && direct && g_status(sg->g) == G_RUNNABLE),
            "off recvq, ready; and its variable was written before it ran");
    go_gosched();

    go_send(ring, 1);
    go_send(ring, 2);
    go(sends, ring, 3);
    go_gosched();
    sg = atomic_load_relaxed(&c->sendq.first);
    verdict("6.18", is(sg != NULL && g_status(sg->g) == G_WAITING && place == 7),
            "on sendq, and waiting");
    got = go_recv(ring);
    verdict("6.20", got == 1 ? "half true" : "true",
            "without a ring; with one it is the oldest that comes, and the sender's goes into the ring");
    (void)go_recv(ring);
    (void)go_recv(ring);
    go_free_chan(ring);
    go_free_chan(none);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
