/** @file 03-gmp_global-share.c  Does a p take its share of the global queue? */
#include <string.h>

#include "check.h"
#include "gstatus.h"
#include "schedt.h"

enum { MOST = 1000 };

static struct sched s;
static struct g item[MOST];

static void
prepare(int n, int procs)
{
    memset(&s, 0, sizeof(s));
    memset(item, 0, sizeof(item));
    s.procs = procs;
    s.procs_most = 8;
    for (int i = 0; i < procs; i++)
        s.p[i].sched = &s;
    for (int i = 0; i < n; i++)
        sched_put(&s, &item[i], &item[i], 1);
}

// A p comes to n goroutines, and there are `procs` p's.
static void
one_comes(int n, int procs, int share)
{
    prepare(n, procs);
    step("taking goroutines from the global queue");

    struct g *gp = sched_get(&s, &s.p[0]);
    const int left = (int)atomic_load_relaxed(&s.n_global), taken = n - left;

    if (gp != &item[0])
        fail("The goroutine that waits longest does not come first.",
             "The share says how many are taken, not which.",
             "%d waited; the first did not come", n);
    if (taken < share)
        fail("A p takes too few from the global queue.",
             "It comes back for the rest soon, and the lock is for all. Its "
             "share is what is there, divided by the p's, and one more.",
             "%d waited, for %d p's: one p took %d, should take %d", n, procs,
             taken, share);
    if (taken > share)
        fail("A p takes too many from the global queue.",
             "The others find little, and until chapter 4 nobody takes from "
             "a p's own queue.",
             "%d waited, for %d p's: one p took %d, should take %d", n, procs,
             taken, share);
}

static void
few(void)
{
    one_comes(1, 1, 1);
    one_comes(1, 4, 1);
    one_comes(3, 4, 1);
}

static void
some(void)
{
    one_comes(4, 4, 2);
    one_comes(7, 2, 4);
    one_comes(9, 3, 4);
    one_comes(100, 4, 26);
    one_comes(5, 1, 5);
}

static void
many(void)
{
    one_comes(MOST, 8, 126);
    one_comes(MOST, 4, 128);
    one_comes(MOST, 1, 128);
}

// All p's come, until nothing is left.
static void
all_come(void)
{
    int comes = 0;

    prepare(64, 4);
    step("emptying the global queue");
    while (sched_get(&s, &s.p[comes % 4]) != NULL)
        comes++;
    for (int i = 0; i < 4; i++)
        while (runq_get(&s.p[i].runq) != NULL)
            comes++;
    if (comes < 64)
        fail("Goroutines of the global queue got lost.",
             "Each is either returned or put into the p's own queue.",
             "%d of 64 came", comes);
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    if (c->signal != 11)
        return false;
    *what = "A p takes more than the global queue has.";
    *why = "A share of 0 is counted down below 0, and then there is no end. "
           "With fewer goroutines than p's, the share is still 1.";
    return true;
}

int
main(void)
{
    explain_crashes(explain);
    ask(few);
    ask(some);
    ask(many);
    ask(all_come);
    return asked();
}
