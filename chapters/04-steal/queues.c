/** @file queues.c  Where is a goroutine that is ready, and who takes it from
 * there? Looks behind goroutine.h.
 */
#include "../01-context/claim.h"
#include "proc.h"
#include "schedt.h"

enum { MANY = 1000, TOO_MANY = 300 };

static struct go_waitgroup gate;
static int ran, by_global;
static struct p *on;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static struct p *
here(void)
{
    return getg()->m->p;
}

static void
runs(void)
{
    on = here();
    ran++;
    by_global += atomic_load_relaxed(&on->sched->n_global) > 0;
}

static void
waits(void)
{
    go_waitgroup_wait(&gate);
    runs();
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup one = {0}, woken = {0}, many = {0}, too_many = {0};
    char text[100];

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);

    struct sched *s = here()->sched;

    // go, with one p.
    go_waitgroup_go(&one, runs);

    struct p *p = here();
    const bool local = runq_length(&p->runq) == 1 && ran == 0 &&
                       atomic_load_relaxed(&s->n_global) == 0;
    const bool is_next = atomic_load_relaxed(&p->runq.next) != NULL;

    go_waitgroup_wait(&one);

    const bool picked = ran == 1 && on == p && runq_length(&p->runq) == 0;

    // One waits, and is readied.
    go_waitgroup_add(&gate, 1);
    go_waitgroup_go(&woken, waits);
    go_gosched();

    const bool away = runq_length(&p->runq) == 0;

    go_waitgroup_done(&gate);

    const bool back = runq_length(&p->runq) == 1;

    go_waitgroup_wait(&woken);

    // Many come and go.
    by_global = 0;
    for (int i = 0; i < MANY; i++) {
        go_waitgroup_go(&many, runs);
        go_waitgroup_wait(&many);
    }

    const bool local_only = by_global == 0;

    // More than the ring holds.
    for (int i = 0; i < TOO_MANY; i++)
        go_waitgroup_go(&too_many, runs);

    const uint32_t left = runq_length(&p->runq);
    const uint32_t over = atomic_load_relaxed(&s->n_global);

    go_waitgroup_wait(&too_many);

    verdict("4.1 4.3 4.4 4.28", is(local),
            "in each p: a ring for 256, and one that runs next");
    verdict("4.5 4.10 4.17 4.20", is(local), "go put it there, and nowhere else");
    verdict("4.24 4.25", is(local && is_next),
            "there, and in front: the last one started runs first");
    verdict("4.7", is(away && back), "it was on no queue; readied, it was back");
    verdict("4.6 4.18", is(picked), "the m that has the p took it from there");
    snprintf(text, sizeof(text), "%d came and went: none by way of the global"
             " queue", MANY);
    verdict("4.22 4.37", is(local_only), text);
    snprintf(text, sizeof(text), "of %d started, %u are in the p, and %u in the"
             " global queue", TOO_MANY, left, over);
    verdict("4.21", is(over > 0 && left + over == TOO_MANY), text);
    verdict("4.23", over > 0 ? "half true" : "false",
            "that, too; but each p looks there every 61st time, in any case");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
