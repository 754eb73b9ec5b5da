/** @file channels.h  For checks: a channel of ints below the scheduler, and
 * goroutines that wait for it. They never run.
 */
#ifndef CHANNELS_H
#define CHANNELS_H

#include "chan.h"
#include "explore.h"

// One that waits: what channels know of it.
struct waits {
    struct g g;
    struct sudog sg;
    int place;                  // the value is here, or is to come here
};

static inline struct chan *
channel(size_t room)
{
    // Zero all around it, and room behind it: a mistake stays within.
    struct chan *c = explore_memory(sizeof(*c) + (room + 4) * sizeof(int));

    *c = (struct chan){ .run = run_number, .elem_size = sizeof(int),
                        .cap = room, .end = room * sizeof(int) };
    return c;
}

// w waits on q for an int, or to send this one.
static inline void
wait_on(struct chan *c, struct waitq *q, struct waits *w, int value, bool is_select)
{
    w->place = value;
    w->g.top = &w->g;
    w->sg = (struct sudog){ .g = &w->g, .c = c, .elem = &w->place,
                            .is_select = is_select };
    waitq_put(q, &w->sg);
}

// How many values the ring has.
static inline size_t
kept(struct chan *c)
{
    return atomic_load_relaxed(&c->count);
}

static inline int
put(struct chan *c, int value, struct g **ready)
{
    return chan_put(c, &value, ready);
}

#endif
