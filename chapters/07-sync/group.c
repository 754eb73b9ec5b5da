/** @file group.c  What does a wait group count, and when does it wake?
 *
 * Looks behind goroutine.h.
 */
#include "../01-context/claim.h"
#include "runtime.h"

static struct go_waitgroup gate;
static int went_on;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static void
waits(void)
{
    go_waitgroup_wait(&gate);
    went_on++;
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_wait(&gate);
    const bool at_once = gate.state == 0;

    go_waitgroup_add(&gate, 2);
    const uint64_t two = gate.state;
    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&all, waits);
    go_gosched();
    go_gosched();
    const uint64_t waited_for = gate.state;
    go_waitgroup_done(&gate);
    go_gosched();
    const int early = went_on;
    go_waitgroup_done(&gate);
    const uint64_t after = gate.state;
    go_waitgroup_wait(&all);

    const bool counts = two == (uint64_t)2 << 32 && waited_for == two + 3;

    verdict("7.14 7.18", is(early == 0 && went_on == 3 && after == 0),
            "three wait; none went on after the first done, all after the second");
    verdict("7.17", is(two == (uint64_t)2 << 32), "add(2): 2 in the high half of state");
    verdict("7.19", is(at_once), "wait with the counter 0 changed nothing");
    verdict("7.20", is(counts), "three wait: 3 in the low half");
    verdict("7.15", counts && sizeof(gate.state) == 8 ? "outdated" : "true",
            "since Go 1.20 it is state, 64 bits, and sema, 32");
    verdict("7.16", counts ? "outdated" : "true",
            "both counters in one word; the semaphore is a field of its own");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
