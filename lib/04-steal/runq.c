/** @file runq.c  A ring that one thread fills, and all may empty. */
#include "runtime.h"

#include "alone.h"
#include "runq.h"

// A goroutine that is readied inherits the time slice of whoever readied it:
// so two that ready one another share one, and do not keep the ring waiting.
// Until chapter 5 no clock ends it; it ends after so many turns.
enum {
    INHERIT_MOST = 32,
    HALF = RUNQ_SIZE / 2,
};

static struct g *
slot(const struct runq *q, uint32_t at)
{
    return atomic_load_relaxed(&q->slot[at % RUNQ_SIZE]);
}

static void
set_slot(struct runq *q, uint32_t at, struct g *gp)
{
    trace_local(gp);
    atomic_store_relaxed(&q->slot[at % RUNQ_SIZE], gp);
}

// The n from position `head` on are ours: q's head moves past them, in one step.
// False, and nothing has changed, if it does not stand at `head` any more:
// somebody was faster.
static bool
take(struct runq *q, uint32_t head, uint32_t n)
{
    if (q->alone) {
        atomic_store_relaxed(&q->head, head + n);
        return true;
    }

    bool outer = false;

    if (alone_goes_on(&outer)) {
        // It may not have been alone when it looked.
        const bool still = atomic_load_relaxed(&q->head) == head;

        if (still)
            atomic_store_relaxed(&q->head, head + n);
        alone_returns(outer);
        return still;
    }
    // Pairs with the loads of head: what was copied before was copied from a
    // slot that is not written anew until head is seen.
    // [lab ring-take]
    return atomic_cas(&q->head, &head, head + n);
    // [lab ring-take]
}

// Whether gp was next, and is not any more: it is ours.
static bool
take_next(struct runq *q, struct g *gp)
{
    if (q->alone) {
        atomic_store_relaxed(&q->next, NULL);
        return true;
    }

    bool outer = false;

    if (alone_goes_on(&outer)) {
        const bool still = atomic_load_relaxed(&q->next) == gp;

        if (still)
            atomic_store_relaxed(&q->next, NULL);
        alone_returns(outer);
        return still;
    }
    return atomic_cas(&q->next, &gp, NULL);         // pairs with runq_put_next
}

// ---- The owner -------------------------------------------------------------

bool
runq_put(struct runq *q, struct g *gp)
{
    gp->next = NULL;                    // it is on no list any more
    // [lab ring-put]
    uint32_t tail = atomic_load_relaxed(&q->tail);
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    if (tail - head == RUNQ_SIZE)
        return false;
    set_slot(q, tail, gp);
    atomic_store_release(&q->tail, tail + 1);       // pairs with grab
    return true;
    // [lab ring-put]
}

struct g *
runq_put_next(struct runq *q, struct g *gp)
{
    gp->next = NULL;
    trace_local(gp);

    bool outer = false;

    if (alone_goes_on(&outer)) {
        struct g *before = atomic_load_relaxed(&q->next);

        atomic_store_relaxed(&q->next, gp);
        alone_returns(outer);
        return before;
    }
    // [lab ring-put-next]
    if (!q->alone)
        return atomic_swap(&q->next, gp);           // pairs with take_next

    struct g *was = atomic_load_relaxed(&q->next);

    atomic_store_relaxed(&q->next, gp);
    return was;
    // [lab ring-put-next]
}

// The oldest of the ring, which is not in it any more. NULL only if there is
// none: if a thief takes it before us, the next one is the oldest.
static struct g *
get_oldest(struct runq *q)
{
    // [lab ring-get]
    for (;;) {
        uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
        uint32_t tail = atomic_load_relaxed(&q->tail);

        if (head == tail)
            return NULL;

        struct g *gp = slot(q, head);

        if (take(q, head, 1)) {
            if (head + 1 != tail)
                g_expect(slot(q, head + 1));
            return gp;
        }
    }
    // [lab ring-get]
}

struct g *
runq_get(struct runq *q)
{
    struct g *next = atomic_load_relaxed(&q->next);

    if (next != NULL && q->inherited < INHERIT_MOST && take_next(q, next)) {
        q->inherited++;
        return next;
    }
    q->inherited = 0;

    struct g *gp = get_oldest(q);

    if (next == NULL)
        return gp;
    // The slice has ended: it waits at the end, if somebody waits. There is
    // room: one was just taken.
    if (!take_next(q, next))
        return gp;
    if (gp == NULL)
        return next;
    runq_put(q, next);
    return gp;
}

// n of a batch make a list.
static void
link_up(struct g **batch, uint32_t n, struct g **first, struct g **last)
{
    for (uint32_t i = 0; i + 1 < n; i++)
        batch[i]->next = batch[i + 1];
    batch[n - 1]->next = NULL;
    *first = batch[0];
    *last = batch[n - 1];
}

uint32_t
runq_overflow(struct runq *q, struct g *gp, struct g **first, struct g **last)
{
    // [lab ring-overflow]
    // [overflow]
    struct g *batch[HALF + 1];
    uint32_t head = atomic_load_acquire(&q->head);  // pairs with take

    if (atomic_load_relaxed(&q->tail) - head != RUNQ_SIZE)
        return 0;
    for (uint32_t i = 0; i < HALF; i++)
        batch[i] = slot(q, head + i);
    if (!take(q, head, HALF))
        return 0;
    batch[HALF] = gp;
    link_up(batch, HALF + 1, first, last);
    return HALF + 1;
    // [overflow]
    // [lab ring-overflow]
}

// ---- Thieves ---------------------------------------------------------------

// Take the older half of q, rounded up, to batch[0], batch[1], ...: at most HALF.
// Returns how many; 0 only if q is empty. Others take, too, and the owner puts:
// then it begins again. What is read at different moments need not fit together.
static uint32_t
grab(struct runq *q, struct g **batch)
{
    // [lab ring-grab]
    for (;;) {
        uint32_t head = atomic_load_acquire(&q->head);  // pairs with take
        uint32_t tail = atomic_load_acquire(&q->tail);  // pairs with runq_put
        uint32_t n = tail - head;

        n -= n / 2;
        if (n == 0)
            return 0;
        if (n > HALF)
            continue;                   // head and tail of different moments
        for (uint32_t i = 0; i < n; i++)
            batch[i] = slot(q, head + i);
        if (take(q, head, n))
            return n;
    }
    // [lab ring-grab]
}

struct g *
runq_steal(struct runq *to, struct runq *from)
{
    // [lab steal-half]
    struct g *batch[HALF];
    uint32_t n = grab(from, batch);
    uint32_t tail = atomic_load_relaxed(&to->tail);

    if (n == 0)
        return NULL;
    // The oldest is for now. The others can be stolen from us as soon as tail
    // is there, and not before.
    for (uint32_t i = 1; i < n; i++)
        set_slot(to, tail + i - 1, batch[i]);
    if (n > 1)
        atomic_store_release(&to->tail, tail + n - 1);  // pairs with grab
    return batch[0];
    // [lab steal-half]
}

struct g *
runq_steal_next(struct runq *from)
{
    struct g *gp = atomic_load_relaxed(&from->next);

    return gp != NULL && take_next(from, gp) ? gp : NULL;
}

uint32_t
runq_take_half(struct runq *q, struct g **first, struct g **last)
{
    struct g *batch[HALF];
    uint32_t n = grab(q, batch);

    if (n == 0) {
        struct g *next = atomic_load_relaxed(&q->next);

        if (next == NULL || !take_next(q, next))
            return 0;
        batch[0] = next;
        n = 1;
    }
    link_up(batch, n, first, last);
    return n;
}

// ---- Anybody ---------------------------------------------------------------

// Somebody who was `next` may be pushed into the ring meanwhile, and the new
// one taken. Who looks into the ring before that, and at next after it, sees
// neither. So tail must not have moved.
bool
runq_empty(const struct runq *q)
{
    // [lab ring-empty]
    for (;;) {
        uint32_t head = atomic_load(&q->head);          // pairs with take
        uint32_t tail = atomic_load(&q->tail);          // pairs with runq_put
        struct g *next = atomic_load(&q->next);         // pairs with take_next

        if (tail == atomic_load(&q->tail))              // pairs with runq_put
            return head == tail && next == NULL;
    }
    // [lab ring-empty]
}
