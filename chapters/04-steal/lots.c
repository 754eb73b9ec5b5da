/** @file lots.c  In which order does a thief come to the p's, and who is woken
 * when? Looks behind goroutine.h.
 */
#include "../01-context/claim.h"
#include "gstatus.h"
#include "proc.h"
#include "schedt.h"
#include "steal.h"
#include "topology.h"
#include "wake.h"

enum { P = 8, DRAWS = 8000 };

static struct sched *s;
static struct m worker[2];
static struct g item[2];
static int first[P];

static void
make(void)
{
    s = world.map(sizeof(*s));
    s->procs = s->procs_most = 2;
    atomic_store_relaxed(&s->watched, true);
    for (int i = 0; i < 2; i++) {
        s->p[i].sched = s;
        s->p[i].status = P_RUNNING;
        worker[i].p = &s->p[i];
        worker[i].sched = s;
        atomic_store_relaxed(&item[i].status, G_RUNNABLE);
    }
    sched_put_idle(s, &s->p[1]);
    worker[1].p = NULL;
    m_push_idle(&worker[1]);
}

int
main(void)
{
    char text[100];
    bool fair = true;

    // Each comes first as often as any other.
    for (uint32_t lot = 0; lot < DRAWS; lot++) {
        struct order order = order_draw(P, lot);

        first[order_next(&order)]++;
    }
    for (int i = 0; i < P; i++)
        fair &= first[i] == DRAWS / P;
    topology_read();
    snprintf(text, sizeof(text), "Go draws lots, and knows no nodes; ours asks for"
             " them: %u here", topology_nodes());
    verdict("4.36", fair ? "false" : "true", text);
    verdict("4.35", fair ? "true" : "false",
            "what it replaced is HISTORY=04-steal/global-queue");

    make();
    proc_put(&worker[0], &item[0]);

    const bool none = worker[1].next_p == NULL;

    proc_put(&worker[0], &item[1]);
    verdict("4.26", none && worker[1].next_p != NULL ? "true" : "false",
            "ours wakes nobody for one alone, and one for the second; Go for"
            " the first");
    return 0;
}
