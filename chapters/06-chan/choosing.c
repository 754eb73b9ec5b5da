/** @file choosing.c  What a select does, and in which order. */
#include "../01-context/claim.h"
#include "chan.h"

enum { TIMES = 20000 };

static go_chan(int) a, b;
static int asked, order[2];
static struct g *selects;
static int done_case = -1;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static go_chan(int)
asks(go_chan(int) ch, int which)
{
    order[asked++] = which;
    return ch;
}

static void
waits(void)
{
    selects = getg();
    done_case = go_select(go_case_recv(a, NULL), go_case_recv(b, NULL));
}

// How often the first of two is done, of TIMES.
static int
firsts(void)
{
    int n = 0;

    for (int i = 0; i < TIMES; i++) {
        const int k = go_select(go_case_recv(a, NULL), go_case_recv(b, NULL));

        go_send(k == 0 ? a : b, 1);
        n += k == 0;
    }
    return n;
}

static int
go_main(int argc, char **argv)
{
    char text[100];

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    a = go_make_chan(int, 1);
    b = go_make_chan(int, 1);
    go_send(b, 1);

    const int k = go_select(go_case_recv(asks(a, 0), NULL), go_case_recv(asks(b, 1), NULL));

    verdict("6.26", is(k == 1), "of two channels, the one that had something");
    verdict("6.27", is(asked == 2 && order[0] == 0 && order[1] == 1),
            "both were asked for, in the order in which they stand there");

    go_send(a, 1);
    go_send(b, 1);

    const int n = firsts();
    const bool fair = n > TIMES * 48 / 100 && n < TIMES * 52 / 100;

    snprintf(text, sizeof(text), "the first of two was done %d times of %d", n, TIMES);
    verdict("6.28", is(fair), text);
    verdict("6.34", is(fair), "each as likely as the other, however long it goes on");
    (void)go_recv(a);
    (void)go_recv(b);

    go(waits);
    go_gosched();

    struct chan *ca = (struct chan *)a, *cb = (struct chan *)b;
    struct sudog *on_a = atomic_load_relaxed(&ca->recvq.first);
    struct sudog *on_b = atomic_load_relaxed(&cb->recvq.first);

    verdict("6.29", is(on_a != NULL && on_b != NULL && on_a->g == selects && on_b->g == selects),
            "it stands on the lists of both");
    go_send(a, 1);

    // It has been decided, and it has not run yet.
    const bool still = atomic_load_relaxed(&cb->recvq.first) == on_b;

    go_gosched();

    const bool off = atomic_load_relaxed(&cb->recvq.first) == NULL && done_case == 0;

    verdict("6.30", off ? still ? "half true" : "true" : "false",
            "it takes itself off, when it runs; until then others pass it over");
    verdict("6.31", fair && off ? "half true" : "false",
            "its own locks have an order, and its choice is fair; programs can still block for ever");
    go_free_chan(a);
    go_free_chan(b);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
