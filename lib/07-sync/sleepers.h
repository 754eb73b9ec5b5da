/** @file sleepers.h  Those who wait for one thing, on a list of its own.
 *
 * As sema_wait and sema_grant: whoever waits has been counted before, and is
 * granted one permit by whoever takes it out of the count. But here the thing
 * that they wait for has room for their list. So nobody looks them up in a table,
 * and it does not matter how many others sleep.
 *
 * Invariants, whenever the lock is free:
 *   - who is on the list is parked; permits were granted to some who are not;
 *   - permits > 0 only if the list is empty.
 *
 * The zero value is empty.
 */
#ifndef SLEEPERS_H
#define SLEEPERS_H

#include "chan.h"
#include "lock.h"
#include "schedt.h"

struct sleepers {
    struct lock lock;

    // Protected by the lock.
    uint32_t permits;
    struct g *first;            // who came last
};

// For a gp that is alone (alone.h): nobody comes between two steps, and nobody who
// was counted is on his way here. Inline, for the reason that semaalone.h gives.
__attribute__((always_inline)) static inline void
sleepers_wait_alone(struct g *gp, struct sleepers *s, enum wait_reason why)
{
    gp->next = s->first;
    s->first = gp;
    g_park_with(gp, NULL, why);
}

// gp, which calls, waits until it has a permit, for this reason. It was counted.
void sleepers_wait(struct g *gp, struct sleepers *s, enum wait_reason why);

// Grant n permits, to those who were counted. s may be gone on return.
void sleepers_grant(struct sleepers *s, uint32_t n);

#endif
