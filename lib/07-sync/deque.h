/** @file deque.h  A list with two ends: one thread puts and takes at one end,
 * any other steals at the other.
 *
 *        top                   bottom
 *          |                     |
 *      . . x x x x x x x x x x x . . . .
 *          oldest          newest
 *
 * What was put last is taken first: it is still in the cache. What was put
 * first is stolen. Positions only grow, but for one that the owner takes back;
 * a position's slot is its remainder.
 *
 * Owner and thief meet at the last one:
 *
 *     1  owner                           2  thief
 *        bottom = 5, was 6                  top is 5
 *        (a fence)                          (a fence)
 *        top is 5: it is the last one       bottom is 6: there is one
 *        cas top 5 -> 6                     cas top 5 -> 6
 *        one of the two has it; the other one's cas fails
 *
 * Without the fences both could look before the other's store is seen. The
 * owner would think that there are two left, and take the last one without a
 * cas. With them one of the two sees the other; and if there really are two or
 * more, they take different ones.
 *
 * It grows: the owner copies what there is to a ring of twice the size. A thief
 * may still look at the old ring. What it finds there at `top` is right, if
 * its cas succeeds: the owner writes to the new ring only. So old rings are
 * kept until the deque is freed; all together they are no larger than the
 * newest.
 *
 * This is Chase's and Lev's deque (Dynamic circular work-stealing deque, 2005).
 * The run queue of part 4 has a fixed size, and so can do without the fence: it
 * takes at one end only. Go's sync/poolqueue.go chains rings, and leaves the
 * old ones to the garbage collector.
 */
#ifndef DEQUE_H
#define DEQUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "atomic.h"

struct ring;

struct deque {
    ATOMIC(int64_t) top;        // by who steals, and the owner, with a cas
    ATOMIC(int64_t) bottom;     // by the owner only
    ATOMIC(struct ring *) ring; // by the owner only; NULL at first
};

// The owner's. Put x, which is not NULL. False, and nothing is done, if there
// is no memory.
bool deque_push(struct deque *d, void *x);

// The owner's. Take the newest, or NULL if there is none.
void *deque_pop(struct deque *d);

// Anybody's. Take the oldest, or NULL if there is none.
void *deque_steal(struct deque *d);

// Nobody uses d any more, and it is empty, or what is in it is lost.
void deque_free(struct deque *d);

// Anybody's: how many there are, or were a moment ago.
static inline int64_t
deque_length(const struct deque *d)
{
    int64_t top = atomic_load_relaxed(&d->top);
    int64_t n = atomic_load_relaxed(&d->bottom) - top;

    return n > 0 ? n : 0;
}

#endif
