/** @file chan.h  A channel: values kept in a ring, and those who wait for it.
 *
 * Invariants, whenever the channel is free:
 *   - if goroutines wait to receive, the ring is empty and nobody waits to
 *     send, but for cases of one and the same select;
 *   - if goroutines wait to send, the ring is full;
 *   - if it is closed, nobody waits but receivers that go_close is about to take
 *     off;
 *   - every sudog on a list belongs to a goroutine that is parked, or to one
 *     whose select has been decided by another channel (select_done is 1): it
 *     takes itself off as soon as it runs, and is passed over until then.
 *
 * Whoever is alone (alone.h) does not take the lock.
 *
 * Order of locks: several channels by their address; then what schedt.h says.
 *
 * Mirrors hchan, waitq and sudog in Go's runtime/chan.go and runtime2.go.
 */
#ifndef CHAN_H
#define CHAN_H

#include "channel_lock.h"
#include "runtime.h"
#include "schedt.h"

// Those who wait, the one that came first in front.
struct waitq {
    // Written under the lock, read by all: NULL is a hint that nobody waits.
    ATOMIC(struct sudog *) first;
    struct sudog *last;         // if there is a first
    struct sudog *mark;         // if there are two: LATER places before last, or
                                // nearer
};

struct chan {
    size_t end;                 // bytes of the ring
    size_t cap;                 // elements of the ring
    size_t elem_size;
    uint64_t run;               // the number of its run; when it is freed, 0

    struct channel_lock lock;

    // Written under the lock, read by all.
    ATOMIC(size_t) count;       // elements in the ring
    ATOMIC(bool) closed;

    // Protected by the lock.
    size_t sendx, recvx;        // where in the ring, in bytes
    struct waitq recvq, sendq;

    char ring[];
};

// What an operation of one channel came to.
enum outcome {
    BLOCKS,                     // it cannot be done now
    DONE,
    CLOSED,                     // receive: closed and drained; send: closed
};

// chan.c: under the lock.
enum outcome chan_put(struct chan *c, const void *elem, struct g **ready);
enum outcome chan_take(struct chan *c, void *elem, struct g **ready);
void waitq_put(struct waitq *q, struct sudog *sg);
void waitq_remove(struct waitq *q, struct sudog *sg);
void chan_odd(const struct chan *c, const char *function);

// park.c
void *g_park_with(struct g *gp, void (*release)(struct g *gp),
                  enum wait_reason why);
_Noreturn void g_park_forever(struct g *gp, enum wait_reason why);

// Whether c is a channel of a run that has ended. What waited for it is no more.
static inline bool
chan_is_old(const struct chan *c)
{
    return c->run > NO_RUN && c->run < run_number;
}

// The channel that the public function of this name was given, not NULL. It must be
// of the run that there is; or both it and the caller are of an older one (chan_odd).
static inline struct chan *
chan_of(void *ch, const char *function)
{
    struct chan *c = ch;

    if (__builtin_expect(c->run != run_number, 0))
        chan_odd(c, function);
    return c;
}

// Whether a receive, or a send, would not wait. Without the lock that is what
// it looked like a moment ago.
//
// closed comes last, and is looked at last: it was closed while something was in
// it, and who sees it empty must see that, too. Who sends needs no such order: what
// is closed never becomes full.
static inline bool
chan_can_take(const struct chan *c)
{
    return atomic_load_acquire(&c->count) > 0 ||            // pairs with others
           atomic_load_acquire(&c->sendq.first) != NULL ||  // who take
           atomic_load_acquire(&c->closed);                 // pairs with go_close
}

static inline bool
chan_can_put(const struct chan *c)
{
    return atomic_load_relaxed(&c->count) < c->cap ||
           atomic_load_relaxed(&c->recvq.first) != NULL ||
           atomic_load_acquire(&c->closed);         // pairs with go_close
}

// Copy an element.
static inline void
chan_copy(void *to, const void *from, size_t bytes)
{
    switch (bytes) {
    case 8: __builtin_memcpy(to, from, 8); break;
    case 4: __builtin_memcpy(to, from, 4); break;
    case 1: __builtin_memcpy(to, from, 1); break;
    case 2: __builtin_memcpy(to, from, 2); break;
    default: race_copy(to, from, bytes);
    }
}

#endif
