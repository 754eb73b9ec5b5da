/** @file runq.h  A run queue: goroutines that are ready and wait for a turn.
 *
 * First in, first out. Any thread may call any function here, unless the queue
 * is its owner's alone.
 *
 * Invariants, whenever lock is free:
 *   - every g on the list is G_RUNNABLE, and is on no other list;
 *   - head == NULL exactly when the queue is empty, and tail->next == NULL;
 *   - n is the length of the list.
 *
 * There is one queue in each p, so that threads seldom meet here. In chapter 4
 * it loses its lock, and idle threads take from it.
 */
#ifndef RUNQ_H
#define RUNQ_H

#include "spin.h"

struct g;

struct runq {
    struct spin lock;
    bool alone;                 // there is one p only: nobody else comes, and
                                // the lock is not taken. Changed while the
                                // world stands

    // Written under lock, read by all: a hint.
    ATOMIC(uint32_t) n;

    // Protected by lock.
    struct g *head;             // runs next
    struct g *tail;
};

// Make gp, which must be G_RUNNABLE, wait for its turn.
void runq_put(struct runq *q, struct g *gp);

// Take the oldest g, or NULL if there is none.
struct g *runq_get(struct runq *q);

// Take the older half, rounded up, as a list from *first to *last. Returns how
// many.
uint32_t runq_take_half(struct runq *q, struct g **first, struct g **last);

// How many there are, or were a moment ago.
static inline uint32_t
runq_length(const struct runq *q)
{
    return atomic_load_relaxed(&q->n);
}

#endif
