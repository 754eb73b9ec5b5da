/** @file ends.c  What close does with those who wait. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../01-context/claim.h"
#include "chan.h"

static go_chan(int) ch;
static int zeros;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static void
receives(void)
{
    int v = 1;

    zeros += !go_recv_ok(ch, &v) && v == 0;
}

static void
sends(void)
{
    go_send(ch, 1);
}

static int
main_receivers(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    // Two p's, for one alone needs no lock.
    go_gomaxprocs(2);
    ch = go_make_chan(int, 0);

    struct chan *c = (struct chan *)ch;
    uint32_t before, after;
    bool locked = channel_look(&c->lock, &before);

    go_close(ch);
    locked = channel_look(&c->lock, &after) && locked && after == before + 1;

    go_free_chan(ch);
    go_gomaxprocs(1);
    ch = go_make_chan(int, 0);
    for (int i = 0; i < 3; i++)
        go(receives);
    go_gosched();
    go_close(ch);

    const bool closed = atomic_load_relaxed(&((struct chan *)ch)->closed);

    go_gosched();
    verdict("6.23", is(closed && locked), "the flag is set; the turn of the lock has grown by one");
    verdict("6.24", is(zeros == 3), "three waited, and each got a zero, and was told that it is none");
    go_free_chan(ch);
    return 0;
}

static int
main_sender(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    ch = go_make_chan(int, 0);
    go(sends);
    go_gosched();
    go_close(ch);
    go_gosched();
    return 0;
}

int
main(void)
{
    int status = 0;
    // First, while there is one thread only.
    pid_t child = fork();

    if (child == 0) {
        close(2);
        exit(go_run(main_sender, 0, NULL));
    }
    waitpid(child, &status, 0);
    go_run(main_receivers, 0, NULL);
    verdict("6.25", is(WIFEXITED(status) && WEXITSTATUS(status) == 2),
            "one waited to send, and ended its process by a panic");
    return 0;
}
