/** @file chan.c  Send, receive, close.
 *
 * A value goes one of three ways: to a receiver that waits, straight to the
 * place that it named; into the ring; or it stays with its sender, who waits,
 * until somebody fetches it there.
 *
 *     1  sends, nobody waits             2  receives
 *        lock; nobody in recvq, no room
 *        sudog {elem} onto sendq
 *        leaves the stack; g0: unlock
 *                                           lock; takes the sudog off
 *                                           ring: its own value is the oldest,
 *                                           and elem goes to the place of it
 *                                           no ring: takes elem
 *                                           success = true; unlock
 *        goes on: success?                  g_ready(1)
 *
 *     1  receives, nothing is there      2  sends
 *        lock; ring empty, nobody in
 *        sendq; sudog {place} onto recvq
 *        leaves the stack; g0: unlock
 *                                           lock; takes the sudog off
 *                                           copies the value to the place
 *                                           success = true; unlock
 *        goes on: success?                  g_ready(1)
 *
 *     1  waits, to send or to receive    2  closes
 *                                           lock; closed = true
 *                                           takes sudogs off, 64 at a time;
 *                                           receivers' places become zero
 *                                           success = false; unlock
 *        not success: a receiver returns    g_ready each
 *        false, a sender panics
 *
 * No wake-up is lost: whoever waits is on the list before the lock is free,
 * and whoever comes takes the lock and looks at the list. No value is lost:
 * who takes a sudog off has it for itself, and passes exactly one value. The
 * lock is given back before g_ready, and c is not touched after that, for who is
 * woken may free it; but by go_close, while somebody waits who cannot go on yet.
 *
 * A sudog of a select may be taken by several at once, each on another
 * channel. Who makes select_done 1 has it; the others look on.
 *
 * Mirrors Go's runtime/chan.go.
 */
#include "chan.h"

#include "closesize.h"

// ---- What ThreadSanitizer is told ------------------------------------------

// Elements are passed by way of a slot of the ring, also if nobody looks at
// it: so the k-th receive comes before the end of the k+C-th send.
static inline void
race_slot(struct chan *c, size_t at)
{
    race_acquire(&c->ring[at]);
    race_release(&c->ring[at]);
}

static inline void
race_slot_g(struct chan *c, size_t at, struct g *gp)
{
    race_acquire_g(&gp->top->hooks, &c->ring[at]);
    race_release_g(&gp->top->hooks, &c->ring[at]);
}

// Without a ring each waits for the other. (Go's racesync.)
static inline void
race_meet(struct chan *c, struct g *gp)
{
    race_release(c->ring);
    race_acquire_g(&gp->top->hooks, c->ring);
    race_release_g(&gp->top->hooks, c->ring);
    race_acquire(c->ring);
}

// ---- Those who wait --------------------------------------------------------

// sg comes behind others. The one that waits LATER places before it is told of it,
// for that is when it should be fetched: mark goes that far behind.
__attribute__((noinline)) static void
waitq_put_behind(struct waitq *q, struct sudog *sg)
{
    if (q->last == atomic_load_relaxed(&q->first))
        q->mark = q->last;
    sg->prev = q->last;
    sg->place = (uint8_t)(q->last->place + 1);
    q->last->next = sg;
    q->last = sg;
    if ((uint8_t)(sg->place - q->mark->place) >= LATER) {
        q->mark->later = sg->g;
        q->mark = q->mark->next;
    }
}

// sg comes last. Mostly it is alone, and the compiler puts that where it is called.
void
waitq_put(struct waitq *q, struct sudog *sg)
{
    sg->next = sg->prev = NULL;
    sg->queued = true;
    sg->queue = q;
    if (atomic_load_relaxed(&q->first) != NULL) {
        waitq_put_behind(q, sg);
        return;
    }
    atomic_store_relaxed(&q->first, sg);
    q->last = sg;
}

// sg is not alone on q.
__attribute__((noinline)) static void
waitq_leave_others(struct waitq *q, struct sudog *sg)
{
    struct sudog *next = sg->next, *prev = sg->prev;

    if (prev == NULL)
        atomic_store_relaxed(&q->first, next);
    else
        prev->next = next;
    if (next == NULL)
        q->last = prev;
    else
        next->prev = prev;
    if (sg == q->mark)
        q->mark = next != NULL ? next : prev;
}

// sg is on q, anywhere.
void
waitq_remove(struct waitq *q, struct sudog *sg)
{
    sg->queued = false;
    if (sg->next != NULL || sg->prev != NULL)
        waitq_leave_others(q, sg);
    else
        atomic_store_relaxed(&q->first, NULL);
}

// Take the first who still waits off the list; NULL if nobody does.
//
// A sudog of a select (is_select) may stand on other lists, too, and others may
// come to it there at the same moment. It is for whoever makes select_done of
// its goroutine 1, from 0. For the others it does not wait any more: it is taken
// off, and they look on. What is no select has no select_done to be asked.
static inline struct sudog *
waitq_get(struct waitq *q)
{
    // [lab waitq-get]
    struct sudog *sg;

    while ((sg = atomic_load_relaxed(&q->first)) != NULL) {
        uint32_t not_yet = 0;

        waitq_remove(q, sg);
        // Pairs with others who take a case of the same select.
        if (!sg->is_select || atomic_cas(&sg->g->select_done, &not_yet, 1))
            break;
    }
    return sg;
    // [lab waitq-get]
}

// sg, of a select, has been taken off its list. Its channel may be in other cases of
// that select, which lie beside it, and are taken off now, too: the select is done
// with this channel, which may be freed as soon as the lock is.
static void
leave_twins(struct sudog *sg)
{
    const struct sudog *first = sg->g->waiting;
    struct sudog *twin = sg;

    while (first != NULL && twin > first && twin[-1].c == sg->c)
        twin--;
    for (; twin != NULL && twin->c == sg->c; twin = twin->waitlink)
        if (twin->queued)
            waitq_remove(twin->queue, twin);
}

// sg, which was taken off a list, ends the wait of its goroutine: a select is
// told which of its cases it was. The caller holds the lock of the channel.
static inline struct g *
fire(struct sudog *sg, bool success)
{
    sg->success = success;
    if (sg->is_select)
        leave_twins(sg);
    sg->g->param = sg->is_select ? (void *)sg : (void *)(uintptr_t)success;
    return sg->g;
}

// ---- One operation, under the lock -----------------------------------------

// The place of the ring that comes after the one at `at`. Places are counted in
// bytes; c->end is where the ring ends. (An element may be of no size: then all
// places are 0, and so is the end.)
static inline size_t
after(const struct chan *c, size_t at)
{
    // [lab ring-after]
    at += c->elem_size;
    return at == c->end ? 0 : at;
    // [lab ring-after]
}

static inline void
add_count(struct chan *c, size_t n)
{
    atomic_store_relaxed(&c->count, atomic_load_relaxed(&c->count) + n);
}

// Send *elem, if that can be done now. CLOSED: nothing is sent. BLOCKS: nobody
// waits to receive, and the ring is full (without a ring it always is).
//
// Who waits to receive comes first: the value goes to where its sudog says, or
// nowhere if that is NULL, and it is fired; the ring is empty then, and stays
// so. Else the value goes into the ring, at sendx, and is counted.
//
// The caller holds the lock, gives it back, and then readies *ready, the one
// that was fired; NULL if there is none.
enum outcome
chan_put(struct chan *c, const void *elem, struct g **ready)
{
    // [lab chan-put]
    struct sudog *sg;

    *ready = NULL;
    race_read(c, 1);
    if (atomic_load_relaxed(&c->closed))
        return CLOSED;
    if ((sg = waitq_get(&c->recvq)) != NULL) {
        if (c->cap == 0) {
            race_meet(c, sg->g);
        } else {
            race_slot(c, c->recvx);
            race_slot_g(c, c->recvx, sg->g);
            c->recvx = c->sendx = after(c, c->recvx);
        }
        if (sg->elem != NULL)
            chan_copy(sg->elem, elem, c->elem_size);
        *ready = fire(sg, true);
        return DONE;
    }
    if (atomic_load_relaxed(&c->count) < c->cap) {
        race_slot(c, c->sendx);
        chan_copy(&c->ring[c->sendx], elem, c->elem_size);
        c->sendx = after(c, c->sendx);
        add_count(c, 1);
        return DONE;
    }
    return BLOCKS;
    // [lab chan-put]
}

// Receive to *elem, or drop the value if elem is NULL, if that can be done now.
// CLOSED: closed, and nothing is left; *elem is zero. BLOCKS: nothing is there.
//
// The oldest value comes first. That is the one in the ring, at recvx; if
// somebody waits to send, the ring was full, and his value takes the place that
// has become free: it is the newest, and the count does not change. Without a
// ring the value is where the sudog of the first sender says. A sender whose
// value was fetched is fired.
//
// The caller holds the lock, gives it back, and then readies *ready, the one
// that was fired; NULL if there is none.
enum outcome
chan_take(struct chan *c, void *elem, struct g **ready)
{
    // [lab chan-take]
    struct sudog *sg;

    *ready = NULL;
    if (atomic_load_relaxed(&c->count) > 0) {
        race_slot(c, c->recvx);
        if (elem != NULL)
            chan_copy(elem, &c->ring[c->recvx], c->elem_size);
        // The ring is full if somebody waits to send: so the oldest place is
        // the place for the newest.
        if ((sg = waitq_get(&c->sendq)) != NULL) {
            race_slot_g(c, c->recvx, sg->g);
            chan_copy(&c->ring[c->recvx], sg->elem, c->elem_size);
            c->recvx = c->sendx = after(c, c->recvx);
            *ready = fire(sg, true);
            return DONE;
        }
        c->recvx = after(c, c->recvx);
        add_count(c, -(size_t)1);
        return DONE;
    }
    if (atomic_load_relaxed(&c->closed)) {
        race_acquire(c);
        if (elem != NULL)
            race_zero(elem, c->elem_size);
        return CLOSED;
    }
    if ((sg = waitq_get(&c->sendq)) != NULL) {
        race_meet(c, sg->g);
        if (elem != NULL)
            chan_copy(elem, sg->elem, c->elem_size);
        *ready = fire(sg, true);
        return DONE;
    }
    return BLOCKS;
    // [lab chan-take]
}

// ---- Waiting ---------------------------------------------------------------

_Noreturn void
go_send_closed_(void)
{
    gopanic("send on closed channel");
}

void
chan_odd(const struct chan *c, const char *function)
{
    if (!chan_is_old(c))
        fatal("%s: this is no channel, or it has been freed", function);
    if (getg()->m->sched == run_active())
        fatal("%s: this channel belongs to a go_run that has ended: it can only "
              "be freed", function);
}

static void
release_one(struct g *gp)
{
    channel_unlock(&gp->waiting->c->lock, false);
}

// The sudog that gp has for waits that are no select, to wait for c. What only a
// select uses is not written: it lies in a line of the cache of its own.
static inline struct sudog *
sudog_for(struct g *gp, struct chan *c, void *elem)
{
    struct sudog *sg = &gp->sudog;

    sg->g = gp;
    sg->c = c;
    sg->elem = elem;
    sg->is_select = false;
    sg->later = NULL;
    return sg;
}

// gp waits for c, whose lock it holds, on q: its sudog, with elem, where the
// value is or is to go, is put there, and noted as what gp waits for (waiting).
// Returns, without the lock, 1 if a value was passed; if not, the channel was
// closed: 0. That is what g_park_with returns, for fire has put it there.
//
// If gp is alone, there is no lock; else release_one gives it back.
//
// The last thing that it does is to call, and the same holds for who calls it:
// the compiler makes jumps of such calls, and the goroutine goes on straight in
// the program. A return that follows a switch is always guessed wrong by the
// processor, and costs half as much as the switch.
static inline uintptr_t
chan_wait(struct g *gp, struct chan *c, struct waitq *q, void *elem, bool alone,
          enum wait_reason why)
{
    // [lab chan-wait]
    struct sudog *sg = sudog_for(gp, c, elem);

    waitq_put(q, sg);
    gp->waiting = sg;
    return (uintptr_t)g_park_with(gp, alone ? NULL : release_one, why);
    // [lab chan-wait]
}

// ---- What the program calls ------------------------------------------------

// Send *value. Waits while that cannot be done. Returns 1, or 0 if ch is closed,
// or is closed meanwhile: the macro in goroutine.h panics then.
uintptr_t
(go_send)(void *ch, const void *value)
{
    struct g *gp = goroutine("go_send");

    if (ch == NULL)
        g_park_forever(gp, WAIT_CHAN_SEND_NIL);

    struct chan *c = chan_of(ch, "go_send");
    // [lab chan-send]
    const bool alone = alone_begins();
    struct g *ready;

    channel_lock(&c->lock, alone);

    enum outcome outcome = chan_put(c, value, &ready);

    if (outcome == BLOCKS)
        return chan_wait(gp, c, &c->sendq, (void *)value, alone, WAIT_CHAN_SEND);
    channel_unlock(&c->lock, alone);
    if (ready != NULL)
        g_ready(ready);
    return outcome == DONE;
    // [lab chan-send]
}

bool
(go_try_send)(void *ch, const void *value)
{
    goroutine("go_try_send");

    if (ch == NULL)
        return false;

    struct chan *c = chan_of(ch, "go_try_send");
    struct g *ready;

    // One look decides: that it was full, and open, at some moment.
    if (!chan_can_put(c))
        return false;

    const bool alone = alone_begins();

    channel_lock(&c->lock, alone);

    enum outcome outcome = chan_put(c, value, &ready);

    channel_unlock(&c->lock, alone);
    if (outcome == CLOSED)
        go_send_closed_();
    if (ready != NULL)
        g_ready(ready);
    return outcome == DONE;
}

// Receive to *elem. Waits while there is nothing. Returns 1, or 0 if c is closed
// and drained. (Inline, so that a dump shows the function that the program has
// called.)
__attribute__((always_inline)) static inline uintptr_t
chan_recv(struct g *gp, struct chan *c, void *elem)
{
    // [lab chan-recv]
    const bool alone = alone_begins();
    const size_t bytes = c->elem_size;          // c may be gone when we wake up
    struct g *ready;
    uintptr_t ok;

    channel_lock(&c->lock, alone);

    enum outcome outcome = chan_take(c, elem, &ready);

    if (outcome == BLOCKS) {
        ok = chan_wait(gp, c, &c->recvq, elem, alone, WAIT_CHAN_RECEIVE);
        race_write(elem, bytes);
        return ok;
    }
    race_write(elem, bytes);
    channel_unlock(&c->lock, alone);
    if (ready != NULL)
        g_ready(ready);
    return outcome == DONE;
    // [lab chan-recv]
}

uintptr_t
(go_recv)(void *ch, void *p)
{
    struct g *gp = goroutine("go_recv");

    if (ch == NULL)
        g_park_forever(gp, WAIT_CHAN_RECEIVE_NIL);
    return chan_recv(gp, chan_of(ch, "go_recv"), p);
}

uintptr_t
(go_recv_ok)(void *ch, void *p)
{
    struct g *gp = goroutine("go_recv_ok");

    if (ch == NULL)
        g_park_forever(gp, WAIT_CHAN_RECEIVE_NIL);
    return chan_recv(gp, chan_of(ch, "go_recv_ok"), p);
}

bool
(go_try_recv)(void *ch, void *p)
{
    goroutine("go_try_recv");

    if (ch == NULL)
        return false;

    struct chan *c = chan_of(ch, "go_try_recv");
    // [try-recv]
    struct g *ready;

    if (!chan_can_take(c))
        return false;

    const bool alone = alone_begins();

    channel_lock(&c->lock, alone);

    enum outcome outcome = chan_take(c, p, &ready);

    if (outcome != BLOCKS)
        race_write(p, c->elem_size);
    channel_unlock(&c->lock, alone);
    if (ready != NULL)
        g_ready(ready);
    return outcome == DONE;
    // [try-recv]
}

// Take those who wait on q off it, and put them at the end of a list, linked by
// next. *end is where its next one is to be written: at first the variable that
// begins it. Of receivers, no more than CLOSE_AT_ONCE, and then those up to the next
// that waits for nothing but this channel: whether there is one.
//
// He cannot go on before he is taken off. So the channel is in use until then: a
// select might go on by another case, and leave nobody who uses it. (Of those who
// send none may be left: somebody could take his value, though it is closed.)
static bool
close_queue(struct chan *c, struct waitq *q, struct g ***end)
{
    bool more = false;
    struct sudog *sg;
    int n = 0;

    while ((sg = atomic_load_relaxed(&q->first)) != NULL) {
        more = q == &c->recvq && n++ >= CLOSE_AT_ONCE && !sg->is_select;
        if (more || (sg = waitq_get(q)) == NULL)
            break;
        g_expect_later(sg->later);
        if (q == &c->recvq && sg->elem != NULL)
            race_zero(sg->elem, c->elem_size);
        race_acquire_g(&sg->g->top->hooks, c);
        **end = fire(sg, false);
        *end = &sg->g->next;
    }
    **end = NULL;
    return more;
}

// ch is closed, and receivers are left that wait for nothing else. So it is in use,
// and nobody may free it. Take some more of them off, and make them ready. Whether
// some are left even now; if not, nothing of ch is touched after that was seen.
static bool
close_more(struct chan *c)
{
    const bool alone = alone_begins();
    struct g *ready, **end = &ready;

    channel_lock(&c->lock, alone);

    const bool more = close_queue(c, &c->recvq, &end);

    channel_unlock(&c->lock, alone);
    while (ready != NULL) {
        struct g *next = ready->next;

        g_ready(ready);
        ready = next;
    }
    return more;
}

// Close ch. A panic, "close of closed channel", if it is closed already; the
// lock is free then, for somebody may recover. Those who wait are taken off both
// lists under the lock, by close_queue, and made ready after it, in the order of
// their coming, receivers first. If many receive, some are left after that (more):
// each is to be made ready while what was written of it is still near.
void
(go_close)(void *ch)
{
    goroutine("go_close");

    if (ch == NULL)
        gopanic("close of nil channel");

    struct chan *c = chan_of(ch, "go_close");
    bool more = false;

    // [lab chan-close]
    const bool alone = alone_begins();
    struct g *ready, **end = &ready;

    channel_lock(&c->lock, alone);
    if (atomic_load_relaxed(&c->closed)) {
        channel_unlock(&c->lock, alone);
        gopanic("close of closed channel");
    }
    race_write(c, 1);
    race_release(c);
    // Pairs with chan_can_take and chan_can_put.
    atomic_store_release(&c->closed, true);
    more = close_queue(c, &c->recvq, &end);
    close_queue(c, &c->sendq, &end);
    channel_unlock(&c->lock, alone);

    while (ready != NULL) {
        struct g *next = ready->next;   // g_ready puts it on another list

        g_ready(ready);
        ready = next;
    }
    // [lab chan-close]
    while (more)
        more = close_more(c);
}

size_t
(go_len)(void *ch)
{
    goroutine("go_len");
    return ch == NULL ? 0
                      : atomic_load_relaxed(&chan_of(ch, "go_len")->count);
}

size_t
(go_cap)(void *ch)
{
    goroutine("go_cap");
    return ch == NULL ? 0 : chan_of(ch, "go_cap")->cap;
}
