/** @file steal.h  Work of another p. */
#ifndef STEAL_H
#define STEAL_H

#include "schedt.h"

// A goroutine for p, whose own ring is empty, and which spins; more may have
// come to its ring. NULL if nobody has any, or if the world is to be stopped.
struct g *steal(struct p *p);

// 0 .. n-1, each once, in an order that is drawn by lot: from a place on, in
// steps that have no divisor in common with n.
struct order {
    uint32_t n, at, step;
};

struct order order_draw(uint32_t n, uint32_t lot);

// The one that stands there; then on to the next.
static inline uint32_t
order_next(struct order *o)
{
    uint32_t at = o->at;

    o->at = (at + o->step) % o->n;
    return at;
}

#endif
