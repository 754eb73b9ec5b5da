/** @file fields.c  What a channel is made of, and what a goroutine knows of one. */
#include "../01-context/claim.h"
#include "chan.h"

static go_chan(long) full;
static struct g *waits;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static void
sends(void)
{
    waits = getg();
    go_send(full, 3);
}

static int
go_main(int argc, char **argv)
{
    char text[100];

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    full = go_make_chan(long, 2);
    go_send(full, 1);
    go_send(full, 2);
    go(sends);
    go_gosched();

    struct chan *c = (struct chan *)full;
    struct sudog *sg = atomic_load_relaxed(&c->sendq.first);
    const bool queue = sg != NULL && sg->g == waits && sg->c == c &&
                       atomic_load_relaxed(&c->recvq.first) == NULL;
    const bool own = waits->waiting == sg;
    const bool ring = *(long *)c->ring == 1 && *(long *)&c->ring[sizeof(long)] == 2;
    const bool one_piece = (void *)c->ring > (void *)c && c->ring < (char *)(c + 1) + 1;

    verdict("6.4", own && queue ? "half true" : "false",
            "the list is the channel's; the goroutine has its own place on it, a sudog");
    // Whom does main, which blocks the other one, know of?
    verdict("6.5", is(getg()->waiting != NULL || getg()->next == waits),
            "main keeps it waiting, and has nothing that leads to it");
    verdict("6.6", is(c->run == run_number), "ours is called struct chan");
    verdict("6.7", is(go_len(full) == 2 && go_cap(full) == 2 && ring),
            "count 2, room for 2, and both values in the ring");
    verdict("6.8", is(c->elem_size == sizeof(long) && !atomic_load_relaxed(&c->closed)),
            "elem_size 8, not closed; C needs no type at run time");
    verdict("6.9 6.11", is(queue && c->sendx == 0 && c->recvx == 0),
            "one goroutine in sendq, none in recvq; both next places are the first");

    // Somebody has the lock, and the length is read all the same.
    channel_lock(&c->lock, false);
    const size_t read = go_len(full);

    channel_unlock(&c->lock, false);
    snprintf(text, sizeof(text), "while it was taken, go_len read %zu", read);
    verdict("6.10", read == 2 ? "half true" : "true", text);
    verdict("6.12", is(c->elem_size == sizeof(long)),
            "a lock, and the size of an element");
    verdict("6.13 6.14", one_piece ? "half true" : "true",
            "the ring begins where the channel ends: they are one piece of memory");
    verdict("6.33", one_piece ? "half true" : "false",
            "one piece of memory; but all of it from the beginning, used or not");
    for (int i = 0; i < 3; i++)
        (void)go_recv(full);
    go_free_chan(full);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
