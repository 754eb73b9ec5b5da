/** @file runq.c  A queue with a lock. Mirrors the first runq in Go's
 * runtime/proc.c of 2012.
 */
#include "runtime.h"

#include "runq.h"

static inline void
runq_lock(struct runq *q)
{
    if (!q->alone)
        spin_lock(&q->lock);
}

static inline void
runq_unlock(struct runq *q)
{
    if (!q->alone)
        spin_unlock(&q->lock);
}

void
runq_put(struct runq *q, struct g *gp)
{
    trace_local(gp);
    gp->next = NULL;
    runq_lock(q);
    if (q->head == NULL)
        q->head = gp;
    else
        q->tail->next = gp;
    q->tail = gp;
    atomic_store_relaxed(&q->n, runq_length(q) + 1);
    runq_unlock(q);
}

struct g *
runq_get(struct runq *q)
{
    // [lab runq-get]
    // Most looks find nothing. Whoever puts later also sees to it that
    // somebody looks later.
    if (runq_length(q) == 0)
        return NULL;
    runq_lock(q);

    struct g *gp = q->head;

    if (gp != NULL) {
        q->head = gp->next;
        atomic_store_relaxed(&q->n, runq_length(q) - 1);
        g_expect(q->head);
    }
    runq_unlock(q);
    return gp;
    // [lab runq-get]
}

// The list ends: its last one has no next. From an empty queue 0 come, and both
// are NULL.
uint32_t
runq_take_half(struct runq *q, struct g **first, struct g **last)
{
    // [lab runq-take-half]
    runq_lock(q);

    uint32_t n = (runq_length(q) + 1) / 2;
    struct g *gp = q->head;

    *first = gp;
    for (uint32_t i = 1; i < n; i++)
        gp = gp->next;
    *last = gp;
    if (n > 0) {
        q->head = gp->next;
        gp->next = NULL;
        atomic_store_relaxed(&q->n, runq_length(q) - n);
    }
    runq_unlock(q);
    return n;
    // [lab runq-take-half]
}
