/** @file steal.c  A p that has nothing takes half of what another one has.
 *
 * Half, so that both have work for a while, and meet seldom. In an order that
 * is drawn anew each time, so that many who have nothing do not all come to the
 * same p. In four rounds, because a ring that is empty now may be full in a
 * moment; who should run `next` is taken in the last round only, and only if
 * its p does not come to it.
 *
 * If memory is not equally near to all processors, p's that run near come
 * first (topology.c). Go does not know of this.
 *
 * Mirrors stealWork and randomOrder in Go's runtime/proc.go.
 */
#include "runtime.h"

#include "relax.h"
#include "steal.h"
#include "topology.h"

enum {
    ROUNDS = 4,
    A_MOMENT = 50,              // relaxes: about as long as to fetch a goroutine
};

// ---- The order -------------------------------------------------------------

static uint32_t
common_divisor(uint32_t a, uint32_t b)
{
    while (b != 0) {
        uint32_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

struct order
order_draw(uint32_t n, uint32_t lot)
{
    // [lab order-draw]
    uint32_t step = lot / n % n + 1;

    while (common_divisor(step, n) != 1)
        step++;
    return (struct order){ .n = n, .at = lot % n, .step = step };
    // [lab order-draw]
}

// George Marsaglia's xorshift: it needs no more than to differ.
static uint32_t
draw(struct p *p)
{
    uint32_t x = p->random;

    if (x == 0)
        x = (uint32_t)(p - p->sched->p) * 2654435769u + 1;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return p->random = x;
}

// ---- Stealing --------------------------------------------------------------

// How many goroutines victim has continued within a moment.
static uint32_t
ticks_in_a_moment(const struct p *victim)
{
    const uint32_t ticks = atomic_load_relaxed(&victim->ticks);

    for (int i = 0; i < A_MOMENT; i++)
        cpu_relax();
    return atomic_load_relaxed(&victim->ticks) - ticks;
}

// Whoever readies a goroutine mostly parks at once, and then runs it itself: to
// fetch it from there would cost both more than it brings. So see whether
// victim moves on.
static struct g *
steal_next(struct p *victim)
{
    if (atomic_load_relaxed(&victim->runq.next) == NULL ||
        ticks_in_a_moment(victim) > 0)
        return NULL;
    return runq_steal_next(&victim->runq);
}

// Whether victim will have run all of its ring before we could fetch any of it.
// If so, it is quick, until sysmon looks again: nobody need look at it.
static bool
soon_empty(struct p *victim)
{
    const uint32_t n = runq_in_ring(&victim->runq);

    if (n == 0 || ticks_in_a_moment(victim) < n)
        return false;
    atomic_store_relaxed(&victim->quick, true);
    return true;
}

static struct g *
steal_from(struct p *p, struct p *victim, bool last)
{
    if (victim == p || atomic_load_relaxed(&victim->quick) ||
        soon_empty(victim))
        return NULL;

    struct g *gp = runq_steal(&p->runq, &victim->runq);

    return gp == NULL && last ? steal_next(victim) : gp;
}

// From one of those whose memory is `near` to p, the nearest being 0.
static struct g *
steal_near(struct p *p, uint32_t near, bool last)
{
    struct sched *s = p->sched;
    const uint32_t node =
        topology_near(atomic_load_relaxed(&p->node), near);
    struct order order = order_draw((uint32_t)s->procs, draw(p));

    for (int i = 0; i < s->procs; i++) {
        struct p *victim = &s->p[order_next(&order)];

        if (atomic_load_relaxed(&victim->node) != node)
            continue;

        struct g *gp = steal_from(p, victim, last);

        if (gp != NULL)
            return gp;
    }
    return NULL;
}

struct g *
steal(struct p *p)
{
    const uint32_t nodes = topology_nodes();

    if (nodes > 1)
        atomic_store_relaxed(&p->node, topology_here());
    for (int round = 1; round <= ROUNDS; round++) {
        for (uint32_t near = 0; near < nodes; near++) {
            struct g *gp = steal_near(p, near, round == ROUNDS);

            if (gp != NULL || atomic_load_relaxed(&p->sched->stopping))
                return gp;
        }
    }
    return NULL;
}
