/** @file finding.c  Where does an m look for a goroutine, and in which order?
 *
 * Three p's are made here, and no thread of theirs runs. One of them looks, time
 * after time. Looks behind goroutine.h.
 */
#include "../01-context/claim.h"
#include "gstatus.h"
#include "schedt.h"
#include "wake.h"

static struct sched *s;
static struct m worker[3];
static struct g own, global, others[5];

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static void
make(void)
{
    s = world.map(sizeof(*s));
    s->procs = s->procs_most = 3;
    atomic_store_relaxed(&s->watched, true);
    for (int i = 0; i < 3; i++) {
        s->p[i].sched = s;
        s->p[i].status = P_RUNNING;
        worker[i].p = &s->p[i];
        worker[i].sched = s;
        atomic_store_relaxed(&s->p[i].ticks, 1);
    }
}

int
main(void)
{
    make();
    for (int i = 0; i < 5; i++)
        runq_put(&s->p[1].runq, &others[i]);
    sched_put(s, &global, &global, 1);
    runq_put(&s->p[0].runq, &own);

    // What waits elsewhere is left where it is.
    const bool first_own = find_work(&worker[0]) == &own;
    const bool then_global = find_work(&worker[0]) == &global;
    const bool then_stolen = find_work(&worker[0]) == &others[0];
    const bool half = runq_length(&s->p[0].runq) == 2 &&
                      runq_length(&s->p[1].runq) == 2;
    const bool looked = atomic_load_relaxed(&s->n_spinning) == 0;

    // It has two, of which it need not tell.
    const bool keeps = find_work(&worker[0]) == &others[1] &&
                       find_work(&worker[0]) == &others[2];

    // All the rest is gone.
    while (runq_get(&s->p[1].runq) != NULL)
        ;

    // (While it stole, somebody was needed to look: so it looks twice.)
    const bool nothing = find_work(&worker[0]) == NULL &&
                         find_work(&worker[0]) == NULL && worker[0].p == NULL &&
                         m_count_idle() == 1;

    // The 61st time.
    sched_put(s, &global, &global, 1);
    runq_put(&s->p[1].runq, &own);
    atomic_store_relaxed(&s->p[1].ticks, 61);

    const bool sixty_first = find_work(&worker[1]) == &global;
    const bool order = first_own && then_global && then_stolen && nothing;

    verdict("4.2 4.19 4.29 4.31", is(then_stolen && keeps),
            "its own ring was empty, the global queue, too: so it stole");
    verdict("4.16 4.27", is(then_stolen && half),
            "of five it took three, and left two");
    verdict("4.8 4.34", is(order && looked && sixty_first),
            "its own, the global one, others', rest; every 61st time the"
            " global one first");
    verdict("4.30", is(then_global), "before it came to others");
    verdict("4.32", is(nothing), "m and p went to the lists of those at rest");
    verdict("4.33", is(order), "so it looked; and it went to rest");
    return 0;
}
