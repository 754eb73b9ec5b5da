/** @file runq.h  A run queue without a lock: a ring, and a place in front of it.
 *
 * There is one in each p. The m that has the p is its owner. Only the owner
 * puts something in; the owner takes one at a time, from the old end; any
 * other thread, a thief, takes half at a time, from the old end, too.
 *
 *        head                tail            next
 *          |                   |               |
 *      . . g g g g g g g g g g . . . . .       g   readied last, runs first
 *          oldest       newest
 *
 * head and tail only grow; a position's slot is its remainder.
 *
 * Invariants:
 *   - 0 <= tail - head <= RUNQ_SIZE, seen at one moment;
 *   - the slots of [head, tail) hold goroutines that are G_RUNNABLE, and are
 *     nowhere else; what other slots hold means nothing;
 *   - tail is written by the owner only; head by whoever takes, in one step
 *     that fails if somebody else has taken meanwhile;
 *   - next is made NULL by whoever takes it, and anything else by the owner
 *     only.
 *
 * A slot is read before it is known whether the step will succeed:
 *
 *     1  owner                           2  thief
 *        tail = 5, head = 1                 head is 1, tail is 5: half is 2
 *                                           copies slots 1 and 2
 *        takes 1: cas head 1 -> 2
 *        puts: slot ... , tail = 6          cas head 1 -> 3 fails: its copies
 *                                           mean nothing, it begins again
 *
 * Could slot 1 be written anew between the copy and a cas that succeeds? Only
 * by a put RUNQ_SIZE positions later, which needs head to be past 1. Then the
 * cas fails, because head never comes back.
 *
 * If there is one p only (alone), nobody else comes, and the steps of the
 * owner need not be atomic: that saves 10 ns of each turn. Nor does anybody come
 * while all other p's are idle (alone.h); but that may end between two steps.
 *
 * Mirrors runqput, runqget, runqgrab and runqsteal in Go's runtime/proc.go.
 */
#ifndef RUNQ_H
#define RUNQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "atomic.h"
#include "runqsize.h"

struct g;

struct runq {
    bool alone;                 // there is one p only. Changed while the world
                                // stands
    // Owner: the m that has the p.
    uint32_t inherited;         // goroutines that ran by way of next, in a row

    ATOMIC(uint32_t) tail;      // what is put goes here
    ATOMIC(struct g *) next;    // runs next, or NULL
    ATOMIC(uint32_t) head;      // what is taken comes from here
    ATOMIC(struct g *) slot[RUNQ_SIZE];
};

// The owner's.

// gp, which is G_RUNNABLE, waits at the end. False, and nothing is done, if the
// ring is full.
bool runq_put(struct runq *q, struct g *gp);

// gp runs next. Who should have run next, or NULL: the caller puts it.
struct g *runq_put_next(struct runq *q, struct g *gp);

// The ring is full: take half of it, and gp, as a list from *first to *last.
// How many; 0, and nothing is done, if a thief has made room meanwhile.
uint32_t runq_overflow(struct runq *q, struct g *gp, struct g **first,
                       struct g **last);

// Take the one that runs next: that in front of the ring, but for every
// INHERIT_MOST in a row, or the oldest. NULL if there is none.
struct g *runq_get(struct runq *q);

// A thief's.

// Take half of `from`, rounded up. All but one go to the ring of `to`, which is
// the caller's own, and empty; that one is returned. NULL if there is none.
struct g *runq_steal(struct runq *to, struct runq *from);

// Take who should run next. NULL if there is nobody.
struct g *runq_steal_next(struct runq *from);

// Take the older half, rounded up, as a list from *first to *last; of an empty
// ring, who should run next. Returns how many.
uint32_t runq_take_half(struct runq *q, struct g **first, struct g **last);

// Anybody's.

// Whether nothing was there at some moment of the call.
bool runq_empty(const struct runq *q);

// How many are in the ring, or were a moment ago.
static inline uint32_t
runq_in_ring(const struct runq *q)
{
    uint32_t head = atomic_load_relaxed(&q->head);
    uint32_t n = atomic_load_relaxed(&q->tail) - head;

    return n <= RUNQ_SIZE ? n : 0;      // of different moments
}

// How many there are, or were a moment ago.
static inline uint32_t
runq_length(const struct runq *q)
{
    return runq_in_ring(q) + (atomic_load_relaxed(&q->next) != NULL);
}

#endif
