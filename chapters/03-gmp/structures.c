/** @file structures.c  What is in a g, an m and a p?
 *
 * Looks behind goroutine.h, from inside a goroutine.
 */
#include <string.h>

#include "../01-context/claim.h"
#include "schedt.h"

static struct g *first;
static int other_runs;

static void
runs(void)
{
    other_runs++;
}

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;

    struct g *gp = getg();
    struct m *mp = gp->m;
    struct p *p = mp->p;

    first = gp;
    go_waitgroup_go(&wg, runs);

    uint32_t waiting = runq_length(&p->runq);

    go_waitgroup_wait(&wg);
    mp = getg()->m;
    p = mp->p;

    const bool linked = getg() == first && mp->curg == first && p != NULL &&
                        p->sched == mp->sched && p->status == P_RUNNING;

    verdict("3.5 3.6 3.22 3.23", is(linked),
            "this code runs in a g, its g is on an m, its m has a p");
    verdict("3.74 3.75 3.83 3.107", is(linked), "g->m, m->curg, m->p");
    verdict("3.25 3.101", is(linked), "g->m leads to the thread");
    verdict("3.16", is(linked), "m->curg and m->p");
    verdict("3.14", linked ? "half true" : "false",
            "a g knows its m only; the p is found by way of the m");
    verdict("3.15", is(linked),
            "Go's p has it; ours has none, the m alone knows");
    verdict("3.7", linked ? "half true" : "false",
            "no processor: the right to run goroutines, and what goes with it");
    verdict("3.8 3.76 3.84", is(waiting == 1 && other_runs == 1),
            "in the p: a queue, numbers, and goroutines that have ended");
    verdict("3.89 3.108", is(waiting == 1 && other_runs == 1),
            "go put the new one into the queue of this m's p");
    verdict("3.10 3.79", is(linked && other_runs == 1),
            "it was taken from the p's queue, by the m that has the p");
    verdict("3.85", linked ? "half true" : "false",
            "the other way round: the m runs, and a p is held by one m");
    verdict("3.26", sizeof(gp->id) == 8 ? "outdated" : "false",
            "64 bits, but unsigned (uint64) now");
    verdict("3.27 3.28 3.54", sizeof(struct g) != 384 ? "outdated" : "true",
            "Go 1.23's is 432 bytes, 1.27's 440; ours is smaller");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
