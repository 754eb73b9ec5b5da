/** @file blocked.c  20,000 goroutines wait. What does the scheduler have to do
 * with them? Looks behind goroutine.h.
 */
#include "../01-context/claim.h"
#include "schedt.h"

enum { N = 20000 };

static struct go_waitgroup all_wait, gate, all;

static void
waits(void)
{
    go_waitgroup_done(&all_wait);
    go_waitgroup_wait(&gate);
}

static struct p *
here(void)
{
    return getg()->m->p;
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_add(&all_wait, N);
    go_waitgroup_add(&gate, 1);
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&all, waits);
    go_waitgroup_wait(&all_wait);
    go_gosched();

    struct p *p = here();
    const uint32_t ticks = atomic_load_relaxed(&p->ticks);
    const uint32_t queued = runq_length(&p->runq) +
                            atomic_load_relaxed(&p->sched->n_global);

    // A turn: nobody is found, and we go on.
    for (int i = 0; i < 1000; i++)
        go_gosched();

    const bool nobody = atomic_load_relaxed(&here()->ticks) - ticks <= 1000;
    const char *looks = queued == 0 && nobody ? "false" : "true";

    verdict("4.9 4.12 4.13 4.14", looks,
            "20,000 wait: on no queue, so there is nothing to look at");
    verdict("4.11 4.15", looks,
            "memory, yes; but none of them is in the scheduler's way");
    go_waitgroup_done(&gate);
    go_waitgroup_wait(&all);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
