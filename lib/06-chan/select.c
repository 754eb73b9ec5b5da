/** @file select.c  Waiting for the first of several channels.
 *
 * Three passes:
 *
 *   1. Look at every case, without a lock. If some can be done, do one of
 *      them, chosen at random, as if it stood alone. Somebody may have been
 *      faster: then look again.
 *   2. With all channels locked, in the order of their addresses, look again.
 *      Nothing: so at one and the same moment no case could be done. Then it
 *      is the default's turn; or the goroutine joins the waiting lists of all
 *      cases, and parks.
 *   3. Somebody has decided: take the other cases off their lists.
 *
 * Pass 1 alone could not tell that nothing can be done: what it sees first may
 * have changed before it sees the last. That it may choose is no question: the
 * case that it does could be done when it was done.
 *
 *     1  selects                         2  sends to a      3  sends to b
 *        lock a, b
 *        sudogs onto both lists
 *        select_done = 0
 *        leaves the stack
 *        g0: unlock a, b
 *                                           lock a; takes      lock b; takes
 *                                           the sudog off      the sudog off
 *                                           select_done:
 *                                           0 -> 1
 *                                                              select_done is 1:
 *                                                              not for me; the
 *                                                              next one, or it
 *                                                              waits itself
 *                                           param = sudog
 *                                           unlock; g_ready(1)
 *        lock b: the sudog is gone
 *        lock a: not needed: it fired
 *
 * g0 gives back the locks one after the other, and reads the sudogs meanwhile,
 * though the goroutine may run again after the first: it cannot leave before
 * it had each lock but that of the case that fired, and of that one g0 is done
 * with all sudogs.
 *
 * If it is alone, nothing happens between the passes, and there is no pass
 * with locks. And for a default it is mostly seen without locks that there was
 * such a moment (none_could).
 *
 * Mirrors Go's runtime/select.go, which locks all at once.
 */
#include "chan.h"

#include "cheaprand.h"

enum { DEFAULT, RECEIVE, SEND };

enum { FEW = 16 };              // cases that wait on the stack

static struct chan *
chan_at(const struct go_case *k)
{
    return chan_of(k->ch, "go_select");
}

// Whether case k can be done, or looks like it.
static inline bool
can(const struct go_case *k)
{
    if ((unsigned)k->what > SEND)
        fatal("go_select: a case that none of the macros has made");
    if (k->ch == NULL || k->what == DEFAULT)
        return false;
    return k->what == RECEIVE ? chan_can_take(chan_at(k))
                              : chan_can_put(chan_at(k));
}

// One of the cases that can be done, each as likely as any other; n if there
// is none. *otherwise is the default, or n; a panic if there are two.
//
// How many can be done is known only at the end, and nobody wants to ask twice,
// for the answers may differ. cheaprand_below(mp, k) is 0 to k - 1, each as
// likely.
static inline size_t
choose(struct m *mp, const struct go_case *cases, size_t n, size_t *otherwise)
{
    // [lab select-choose]
    size_t chosen = n;
    uint32_t possible = 0;

    *otherwise = n;
    for (size_t i = 0; i < n; i++) {
        if (can(&cases[i])) {
            // The k-th one takes the place of what was chosen before it with
            // a chance of 1 in k.
            possible++;
            if (possible == 1 || cheaprand_below(mp, possible) == 0)
                chosen = i;
        } else if (cases[i].what == DEFAULT) {
            if (*otherwise != n)
                gopanic("go_select: more than one go_case_default");
            *otherwise = i;
        }
    }
    return chosen;
    // [lab select-choose]
}

// Do case k, if it can be done. The caller holds the lock.
static inline enum outcome
act(const struct go_case *k, struct g **ready)
{
    struct chan *c = (struct chan *)k->ch;

    if (k->what == SEND)
        return chan_put(c, k->elem, ready);

    enum outcome outcome = chan_take(c, k->elem, ready);

    if (outcome != BLOCKS && k->elem != NULL)
        race_write(k->elem, c->elem_size);
    return outcome;
}

// Case k has come to this. The caller holds no lock.
static inline void
finish(const struct go_case *k, enum outcome outcome, struct g *ready)
{
    if (k->what == SEND && outcome == CLOSED)
        go_send_closed_();
    if (k->ok != NULL) {
        race_write(k->ok, sizeof(*k->ok));
        *k->ok = outcome == DONE;
    }
    if (ready != NULL)
        g_ready(ready);
}

// ---- Pass 2: all locks -----------------------------------------------------

// The order of locks: that of addresses. order[] are the numbers of the m
// cases that have a channel. (A heap: 65,536 cases are not to be sorted by
// pairs, and the C library's qsort may ask for memory.)
static void
sink(const struct go_case *cases, uint32_t *order, size_t i, size_t m)
{
    const uint32_t moved = order[i];

    for (size_t child; (child = 2 * i + 1) < m; i = child) {
        if (child + 1 < m &&
            (uintptr_t)cases[order[child]].ch < (uintptr_t)cases[order[child + 1]].ch)
            child++;
        if ((uintptr_t)cases[order[child]].ch <= (uintptr_t)cases[moved].ch)
            break;
        order[i] = order[child];
    }
    order[i] = moved;
}

static size_t
sort(const struct go_case *cases, size_t n, uint32_t *order)
{
    size_t m = 0;

    for (size_t i = 0; i < n; i++)
        if (cases[i].what != DEFAULT && cases[i].ch != NULL)
            order[m++] = (uint32_t)i;
    for (size_t i = m / 2; i-- > 0;)
        sink(cases, order, i, m);
    for (size_t end = m; end-- > 1;) {
        const uint32_t greatest = order[0];

        order[0] = order[end];
        order[end] = greatest;
        sink(cases, order, 0, end);
    }
    return m;
}

// Cases of one channel stand in any order, each as likely as any other: who
// comes takes the first.
static void
mix(struct m *mp, const struct go_case *cases, uint32_t *order, size_t m)
{
    for (size_t i = 0, end = 0; i < m; i++) {
        if (i == end)
            while (end < m && cases[order[end]].ch == cases[order[i]].ch)
                end++;
        if (end - i < 2)
            continue;

        const size_t other = i + cheaprand_below(mp, (uint32_t)(end - i));
        const uint32_t moved = order[i];

        order[i] = order[other];
        order[other] = moved;
    }
}

// The channel of the i-th case in the order of locks, if it is the first with
// that channel; NULL if not.
static inline struct chan *
first_of(const struct go_case *cases, const uint32_t *order, size_t i)
{
    const struct go_case *k = &cases[order[i]];

    return i > 0 && cases[order[i - 1]].ch == k->ch ? NULL
                                                    : (struct chan *)k->ch;
}

static void
lock_all(const struct go_case *cases, const uint32_t *order, size_t m, bool alone)
{
    struct chan *c;

    for (size_t i = 0; i < m && !alone; i++)
        if ((c = first_of(cases, order, i)) != NULL)
            channel_lock(&c->lock, alone);
}

static void
unlock_all(const struct go_case *cases, const uint32_t *order, size_t m, bool alone)
{
    struct chan *c;

    for (size_t i = m; i-- > 0 && !alone;)
        if ((c = first_of(cases, order, i)) != NULL)
            channel_unlock(&c->lock, alone);
    if (alone)
        alone_ends();
}

// ---- Waiting ---------------------------------------------------------------

// gp, whose select this is, has left its stack. See above.
static void
release_all(struct g *gp)
{
    struct sudog *sg = gp->waiting;

    while (sg != NULL) {
        struct chan *c = sg->c;

        while (sg != NULL && sg->c == c)
            sg = sg->waitlink;
        channel_unlock(&c->lock, false);
    }
}

static struct waitq *
queue_of(struct chan *c, const struct go_case *k)
{
    return k->what == SEND ? &c->sendq : &c->recvq;
}

// Join all lists, park, and leave them again. The caller holds all locks; none
// is held on return. Returns the index of the case that was done.
//
// The i-th case in the order of locks is cases[order[i]], and has sgs[i]: which
// knows its goroutine, channel, place and size of the element, and index; that
// it is of a select; and, by waitlink, the one after it. gp->waiting is the
// first, or NULL if m is 0: release_all reads that, on g0, to give back the locks.
// select_done is 0 before anybody can get a lock.
//
// What g_park_with returns is the sudog that was fired: it is on no list, nor is any
// other of the same channel, of which nothing may be read: it may have been freed.
// The others are taken off their lists, each under the lock of its channel, if they
// still are on one (queued). finish does the rest. The number of p's may have
// changed meanwhile.
static size_t
wait_for_all(struct g *gp, const struct go_case *cases, const uint32_t *order,
             size_t m, struct sudog *sgs, bool alone)
{
    // [lab select-wait]
    for (size_t i = 0; i < m; i++) {
        const struct go_case *k = &cases[order[i]];
        struct chan *c = (struct chan *)k->ch;

        sgs[i] = (struct sudog){
            .g = gp, .c = c, .elem = k->elem, .bytes = c->elem_size,
            .index = order[i],
            .is_select = true,
            .waitlink = i + 1 < m ? &sgs[i + 1] : NULL,
        };
        waitq_put(queue_of(c, k), &sgs[i]);
    }
    gp->waiting = m > 0 ? sgs : NULL;
    atomic_store_relaxed(&gp->select_done, 0);

    struct sudog *fired =
        g_park_with(gp, alone ? NULL : release_all, WAIT_SELECT);

    for (size_t i = 0; i < m; i++) {
        struct sudog *sg = &sgs[i];

        if (sg->c == fired->c)
            continue;
        alone = alone_begins();
        channel_lock(&sg->c->lock, alone);
        if (sg->queued)
            waitq_remove(queue_of(sg->c, &cases[sg->index]), sg);
        channel_unlock(&sg->c->lock, alone);
    }

    const struct go_case *k = &cases[fired->index];

    if (k->what == RECEIVE && k->elem != NULL)
        race_write(k->elem, fired->bytes);
    finish(k, fired->success ? DONE : CLOSED, NULL);
    return fired->index;
    // [lab select-wait]
}

// Passes 2 and 3, with room for the cases.
static size_t
select_locked(struct g *gp, const struct go_case *cases, size_t n,
              uint32_t *order, struct sudog *sgs)
{
    // [lab select-locked]
    const size_t m = sort(cases, n, order);
    const bool alone = alone_begins();
    size_t chosen, otherwise;

    lock_all(cases, order, m, alone);
    while ((chosen = choose(gp->m, cases, n, &otherwise)) < n) {
        struct g *ready;
        enum outcome outcome = act(&cases[chosen], &ready);

        // Those who seemed to wait were cases of selects that are decided, and
        // they are off the list now.
        if (outcome == BLOCKS)
            continue;
        unlock_all(cases, order, m, alone);
        finish(&cases[chosen], outcome, ready);
        return chosen;
    }
    if (otherwise < n) {
        unlock_all(cases, order, m, alone);
        return otherwise;
    }
    mix(gp->m, cases, order, m);
    return wait_for_all(gp, cases, order, m, sgs, alone);
    // [lab select-locked]
}

// The same for a few cases: their room is on the stack.
__attribute__((noinline)) static size_t
select_few(struct g *gp, const struct go_case *cases, size_t n)
{
    uint32_t order[FEW];
    struct sudog sgs[FEW];

    return select_locked(gp, cases, n, order, sgs);
}

__attribute__((noinline)) static size_t
select_many(struct g *gp, const struct go_case *cases, size_t n)
{
    struct sudog *sgs = world.alloc(n * (sizeof(*sgs) + sizeof(uint32_t)));

    if (sgs == NULL)
        fatal("go_select: no memory for %zu cases", n);

    size_t chosen = select_locked(gp, cases, n, (uint32_t *)&sgs[n], sgs);

    world.free(sgs);
    return chosen;
}

// ---- Pass 1: one lock ------------------------------------------------------

// Whether there was a moment at which none of the cases could be done: seen
// without a lock. If not, that is not known.
//
// Each channel is looked at between two looks at its turn. If no turn has
// changed, all was as it was seen when the last first look was over.
static bool
none_could(const struct go_case *cases, size_t n)
{
    // [lab select-none-could]
    uint32_t turn[FEW], again;

    if (n > FEW)
        return false;
    for (size_t i = 0; i < n; i++)
        if (cases[i].ch != NULL &&
            (!channel_look(&chan_at(&cases[i])->lock, &turn[i]) || can(&cases[i])))
            return false;
    atomic_fence_acquire();                 // pairs with channel_lock
    for (size_t i = 0; i < n; i++)
        if (cases[i].ch != NULL &&
            (!channel_look(&chan_at(&cases[i])->lock, &again) || again != turn[i]))
            return false;
    return true;
    // [lab select-none-could]
}

// See goroutine.h. A case that looks as if it could be done is done under the
// lock of its channel, by act; finish does the rest, without it. If somebody was
// faster, the next look may see something else.
//
// If nothing can be done: the default, if there is one, and there was a moment at
// which none of the cases could be done. With one p (procs_alone) there was; else
// none_could says so, if it is sure. If not, or without a default, select_few does
// it, or select_many, if there are more cases than have room on the stack.
int
go_select_n(const struct go_case *cases, size_t n)
{
    struct g *gp = goroutine("go_select");
    size_t chosen, otherwise;

    if (n == 0)
        g_park_forever(gp, WAIT_SELECT_NO_CASES);
    if (cases == NULL)
        fatal("go_select_n: cases is NULL");
    if (n > GO_CASES_MAX)
        gopanic("go_select: too many cases (max 65536)");

    // [lab select-first-pass]
    while ((chosen = choose(gp->m, cases, n, &otherwise)) < n) {
        const struct go_case *k = &cases[chosen];
        struct chan *c = (struct chan *)k->ch;
        const bool alone = alone_begins();
        struct g *ready;

        channel_lock(&c->lock, alone);

        enum outcome outcome = act(k, &ready);

        channel_unlock(&c->lock, alone);
        if (outcome != BLOCKS) {
            finish(k, outcome, ready);
            return (int)chosen;
        }
    }
    if (otherwise < n && (procs_alone || none_could(cases, n)))
        return (int)otherwise;
    return (int)(n <= FEW ? select_few(gp, cases, n) : select_many(gp, cases, n));
    // [lab select-first-pass]
}
