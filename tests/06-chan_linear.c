/** @file 06-chan_linear.c  Is there an order? Small histories of channels, checked.
 *
 *     06-chan_linear [SEED [HISTORIES]]
 *     06-chan_linear known            histories that are known to be right or wrong
 *
 * Three goroutines, on several p's, do some operations each on two channels.
 * When each began and ended is written down, with what it came to. Channels are
 * right if all that can be explained as if one thing had happened after the
 * other: each operation at one moment between its begin and its end, in an order
 * in which a channel of arrays and loops would have answered the same. This
 * order is searched: Wing and Gong, "Testing and verifying concurrent objects"
 * (1993); states that were met before are not tried again, as Lowe does.
 *
 * An operation that waits has its moment when it joins the others that wait. It
 * is over when somebody serves it, which is the moment of that other one. So it
 * is said, too, that those who wait are served in their turn, that a try does
 * not miss a partner who waits, and that a default is done only if there was one
 * moment at which nothing else could be.
 *
 * A history ends when all is done, or nothing goes on: what waits then has no
 * end. A wrong one is printed.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "goroutine.h"

enum { GOROUTINES = 3, EACH = 4, MOST = GOROUTINES * EACH, CHANS = 2, CASES = 3,
       ROOM = 2 };

enum kind { SELECT, CLOSE, LEN };

struct one {
    bool send;
    int ch, value;
};

// Send, receive and their tries are selects of one case, with or without a
// default; how they are called is `plain`.
struct op {
    enum kind kind;
    bool plain, tries;
    int n;
    struct one c[CASES];

    // What came of it.
    int begin, end;             // NEVER: it did not begin, or end
    int chosen;                 // case; n: the default
    int value;                  // received, or the length
    bool ok;
};

enum { NEVER = 1 << 30 };

static int caps[CHANS];

// ---- The search ------------------------------------------------------------

enum { NOT_YET, WAITS, DONE };

struct state {
    signed char status[MOST];
    signed char waiting[MOST];  // those that wait, by their coming
    signed char waiters;
    bool closed[CHANS];
    signed char n[CHANS];
    int ring[CHANS][ROOM];
};

static const struct op *history;
static int length;

enum { SEEN = 1 << 14 };

static struct state seen[SEEN];
static bool used[SEEN];

// Whether this state was met before. (If the table is full, it is searched
// again.)
static bool
met_before(const struct state *s)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (size_t i = 0; i < sizeof(*s); i++)
        hash = (hash ^ ((const unsigned char *)s)[i]) * 0x100000001b3u;
    for (int i = 0; i < 64; i++) {
        size_t at = (hash + (uint64_t)i) % SEEN;

        if (!used[at]) {
            used[at] = true;
            seen[at] = *s;
            return false;
        }
        if (memcmp(&seen[at], s, sizeof(*s)) == 0)
            return true;
    }
    return false;
}

// The first that waits to send to ch, or to receive from it, and with which of
// its cases: some may have several. -1 if nobody waits.
static int
first_waiter(const struct state *s, int ch, bool send)
{
    for (int i = 0; i < s->waiters; i++) {
        const struct op *op = &history[s->waiting[i]];

        for (int k = 0; k < op->n; k++)
            if (op->c[k].ch == ch && op->c[k].send == send)
                return s->waiting[i];
    }
    return -1;
}

// Operation i came to this, says the model. Did it? What has no end may have
// come to anything.
static bool
came_to(struct state *s, int i, int k, int value, bool ok)
{
    const struct op *op = &history[i];
    int n = 0;

    for (int w = 0; w < s->waiters; w++)
        if (s->waiting[w] != i)
            s->waiting[n++] = s->waiting[w];
    // What is behind the end must be the same in equal states.
    memset(s->waiting + n, 0, sizeof(s->waiting) - (size_t)n);
    s->waiters = (signed char)n;
    s->status[i] = DONE;
    if (op->end == NEVER)
        return true;
    if (op->chosen != k)
        return false;
    return k == op->n || op->c[k].send || (op->value == value && op->ok == ok);
}

static bool search(const struct state *s);

static void
push(struct state *s, int ch, int value)
{
    s->ring[ch][(int)s->n[ch]++] = value;
}

// Somebody serves `other`, which waits, by this channel: by any of its cases
// that fit. Then the rest.
static bool
served(const struct state *s, int other, int ch, bool send, int value, bool ok,
       bool to_ring)
{
    const struct op *op = &history[other];

    for (int k = 0; k < op->n; k++) {
        struct state next = *s;

        if (op->c[k].ch != ch || op->c[k].send != send)
            continue;
        if (to_ring)
            push(&next, ch, op->c[k].value);
        if (came_to(&next, other, k, value, ok) && search(&next))
            return true;
    }
    return false;
}

// Operation i does case k now: it could be done. Then the rest.
static bool
does(const struct state *s, int i, int k)
{
    const struct one *c = &history[i].c[k];
    const int ch = c->ch;
    struct state next = *s;
    int other;

    if (c->send) {
        other = first_waiter(s, ch, false);
        if (other < 0)
            push(&next, ch, c->value);
        if (!came_to(&next, i, k, 0, false))
            return false;
        return other < 0 ? search(&next)
                         : served(&next, other, ch, false, c->value, true, false);
    }
    other = first_waiter(s, ch, true);
    if (s->n[ch] > 0) {
        const int value = s->ring[ch][0];

        next.n[ch]--;
        memmove(next.ring[ch], next.ring[ch] + 1, sizeof(int) * (ROOM - 1));
        next.ring[ch][ROOM - 1] = 0;
        if (!came_to(&next, i, k, value, true))
            return false;
        return other < 0 ? search(&next)
                         : served(&next, other, ch, true, 0, false, true);
    }
    if (other < 0)
        return came_to(&next, i, k, 0, false) && search(&next);     // closed

    // Its sender has it: each of its cases that fit has a value.
    const struct op *sender = &history[other];

    for (int j = 0; j < sender->n; j++) {
        struct state after = next;

        if (sender->c[j].ch == ch && sender->c[j].send &&
            came_to(&after, i, k, sender->c[j].value, true) &&
            came_to(&after, other, j, 0, false) && search(&after))
            return true;
    }
    return false;
}

static bool
can(const struct state *s, const struct one *c)
{
    return c->send ? s->n[c->ch] < caps[c->ch] || first_waiter(s, c->ch, false) >= 0
                   : s->n[c->ch] > 0 || s->closed[c->ch] ||
                         first_waiter(s, c->ch, true) >= 0;
}

static bool
closes(struct state *next, int ch)
{
    int other;

    next->closed[ch] = true;
    while ((other = first_waiter(next, ch, false)) >= 0) {
        const struct op *op = &history[other];
        int k = op->chosen;

        // Of its own cases any may be it, and the others come to the same.
        if (op->end == NEVER)
            k = 0;
        else if (k >= op->n || op->c[k].ch != ch || op->c[k].send)
            return false;
        if (!came_to(next, other, k, 0, false))
            return false;
    }
    return true;
}

// The moment of operation i is now. Then the rest.
static bool
happens(const struct state *s, int i)
{
    const struct op *op = &history[i];
    struct state next = *s;
    bool any = false;

    switch (op->kind) {
    case LEN:
        next.status[i] = DONE;
        return (op->end == NEVER || op->value == s->n[op->c[0].ch]) && search(&next);
    case CLOSE:
        next.status[i] = DONE;
        return closes(&next, op->c[0].ch) && search(&next);
    case SELECT:
        break;
    }
    for (int k = 0; k < op->n; k++)
        if (can(s, &op->c[k])) {
            any = true;
            if ((op->end == NEVER || op->chosen == k) && does(s, i, k))
                return true;
        }
    if (any)
        return false;
    if (op->tries)
        return came_to(&next, i, op->n, 0, false) && search(&next);
    next.status[i] = WAITS;
    next.waiting[(int)next.waiters++] = (signed char)i;
    return search(&next);
}

// Whether all that is left can happen, one after the other.
static bool
search(const struct state *s)
{
    bool all = true;
    int first_end = NEVER;

    for (int i = 0; i < length; i++)
        if (s->status[i] != DONE && history[i].end < first_end) {
            all = false;
            first_end = history[i].end;
        }
    if (all)
        return true;
    if (met_before(s))
        return false;
    // What began after the end of something cannot come before it.
    for (int i = 0; i < length; i++)
        if (s->status[i] == NOT_YET && history[i].begin < first_end &&
            happens(s, i))
            return true;
    return false;
}

static bool
has_an_order(const struct op *ops, int n)
{
    struct state s;

    memset(&s, 0, sizeof(s));
    memset(used, 0, sizeof(used));
    history = ops;
    length = n;
    return search(&s);
}

static void
print(const struct op *ops, int n)
{
    printf("no order explains this:\n");
    for (int ch = 0; ch < CHANS; ch++)
        printf("channel %d: capacity %d\n", ch, caps[ch]);
    for (int i = 0; i < n; i++) {
        const struct op *op = &ops[i];

        if (op->begin == NEVER)
            continue;
        printf("goroutine %d, from %2d to ", i / EACH, op->begin);
        printf(op->end == NEVER ? "ever: " : "%4d: ", op->end);
        if (op->kind == CLOSE)
            printf("close %d", op->c[0].ch);
        if (op->kind == LEN)
            printf("len %d = %d", op->c[0].ch, op->value);
        for (int k = 0; op->kind == SELECT && k < op->n; k++)
            printf(op->c[k].send ? "%s%d->%d" : "%s%.0d<-%d", k > 0 ? ", " : "",
                   op->c[k].send ? op->c[k].value : 0, op->c[k].ch);
        if (op->kind == SELECT && op->tries)
            printf(", default");
        if (op->kind == SELECT && op->end != NEVER) {
            printf(": case %d", op->chosen);
            if (op->chosen < op->n && !op->c[op->chosen].send)
                printf(", %d (%s)", op->value, op->ok ? "sent" : "closed");
        }
        printf("\n");
    }
}

// ---- Histories that are known ----------------------------------------------

#define SENT(v, channel, from, to)                                            \
    { .plain = true, .n = 1, .c = { { true, channel, v } }, .begin = from, .end = to }
#define GOT(v, channel, from, to)                                             \
    { .plain = true, .n = 1, .c = { { false, channel, 0 } }, .value = v,       \
      .ok = v > 0, .begin = from, .end = to }
#define MISSED(from, to)                                                      \
    { .plain = true, .tries = true, .n = 1, .chosen = 1, .begin = from, .end = to }
#define ENDED(from, to) { .kind = CLOSE, .n = 1, .begin = from, .end = to }
#define COUNTED(v, from, to)                                                  \
    { .kind = LEN, .n = 1, .value = v, .begin = from, .end = to }

// Whether all are judged as they should be.
static bool
known(void)
{
    static const struct {
        const char *name;
        int cap;
        bool right;
        int n;
        struct op ops[5];
    } histories[] = {
        { "in order", 2, true, 4, { SENT(1, 0, 0, 1), SENT(2, 0, 2, 3),
          GOT(1, 0, 4, 5), GOT(2, 0, 6, 7) } },
        { "overtaken", 2, false, 4, { SENT(1, 0, 0, 1), SENT(2, 0, 2, 3),
          GOT(2, 0, 4, 5), GOT(1, 0, 6, 7) } },
        { "overtaken, at the same time", 2, true, 4, { SENT(1, 0, 0, 2),
          SENT(2, 0, 1, 3), GOT(2, 0, 4, 5), GOT(1, 0, 6, 7) } },
        { "received before it was sent", 1, false, 2, { GOT(1, 0, 0, 1),
          SENT(1, 0, 2, 3) } },
        { "received twice", 1, false, 3, { SENT(1, 0, 0, 1), GOT(1, 0, 2, 3), GOT(1, 0, 4, 5) } },
        { "met", 0, true, 2, { SENT(1, 0, 0, 2), GOT(1, 0, 1, 3) } },
        { "sent without a receiver", 0, false, 2, { SENT(1, 0, 0, 1),
          GOT(1, 0, 2, 3) } },
        { "three in a ring of two", 2, false, 3, { SENT(1, 0, 0, 1),
          SENT(2, 0, 2, 3), SENT(3, 0, 4, 5) } },
        { "a third that waits", 2, true, 4, { SENT(1, 0, 0, 1),
          SENT(2, 0, 2, 3), SENT(3, 0, 4, 7), GOT(1, 0, 5, 6) } },
        { "a value without an end of its send", 1, true, 3, { SENT(1, 0, 0, NEVER), GOT(1, 0, 1, 2), SENT(2, 0, 3, 4) } },
        { "a value of nobody", 1, false, 2, { SENT(1, 0, 0, 1),
          GOT(2, 0, 2, 3) } },
        { "a try that missed", 1, false, 2, { SENT(1, 0, 0, 1),
          MISSED(2, 3) } },
        { "a try that came early", 1, true, 2, { SENT(1, 0, 0, 3),
          MISSED(1, 2) } },
        { "closed, then a value", 1, false, 3, { SENT(1, 0, 0, 1),
          ENDED(2, 3),
          GOT(0, 0, 4, 5) } },
        { "closed, and drained", 1, true, 4, { SENT(1, 0, 0, 1),
          ENDED(2, 3),
          GOT(1, 0, 4, 5), GOT(0, 0, 6, 7) } },
        { "the end before the close", 0, false, 2, { GOT(0, 0, 0, 1),
          ENDED(2, 3) } },
        { "a length", 2, true, 2, { SENT(1, 0, 0, 1),
          COUNTED(1, 2, 3) } },
        { "a wrong length", 2, false, 2, { SENT(1, 0, 0, 1),
          COUNTED(0, 2, 3) } },
        // A value is in channel 0, then in both, then in 1: the default saw none.
        { "a default in vain", 1, false, 4, { SENT(1, 0, 0, 1),
          { .tries = true, .n = 2, .chosen = 2,
            .c = { { false, 1, 0 }, { false, 0, 0 } }, .begin = 2, .end = 7 },
          SENT(2, 1, 3, 4), GOT(1, 0, 5, 6) } },
        { "a default, when there was nothing", 1, true, 4, { SENT(1, 0, 0, 1),
          { .tries = true, .n = 2, .chosen = 2,
            .c = { { false, 1, 0 }, { false, 0, 0 } }, .begin = 2, .end = 7 },
          GOT(1, 0, 3, 4), SENT(2, 1, 5, 6) } },
        { "two by one select", 0, false, 3, {
          { .n = 2, .chosen = 0, .value = 1, .ok = true,
            .c = { { false, 0, 0 }, { false, 1, 0 } }, .begin = 0, .end = 5 },
          SENT(1, 0, 1, 3), SENT(2, 1, 2, 4) } },
    };
    bool good = true;

    for (unsigned i = 0; i < sizeof(histories) / sizeof(histories[0]); i++) {
        caps[0] = caps[1] = histories[i].cap;
        if (has_an_order(histories[i].ops, histories[i].n) == histories[i].right)
            continue;
        printf("judged wrong: %s\n", histories[i].name);
        good = false;
    }
    return good;
}

// ---- Histories that happen -------------------------------------------------

static go_chan(int) chans[CHANS];
static struct op ops[MOST];
static atomic_int ticket;       // one for each begin and each end
static atomic_int ready, ended;
static atomic_bool over;

static uint64_t state;

static int
below(int n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (int)(state % (uint64_t)n);
}

static void
do_select(struct op *op)
{
    struct go_case cases[CASES + 1];
    int value[CASES] = {0};
    bool ok[CASES] = {0};
    const struct one *c = &op->c[0];

    if (op->plain && c->send) {
        op->chosen = 0;
        if (op->tries)
            op->chosen = !go_try_send(chans[c->ch], c->value);
        else
            go_send(chans[c->ch], c->value);
        return;
    }
    if (op->plain && !op->tries) {
        op->ok = go_recv_ok(chans[c->ch], &op->value);
        op->chosen = 0;
        return;
    }
    for (int k = 0; k < op->n; k++) {
        value[k] = op->c[k].value;
        if (op->c[k].send) {
            cases[k] = go_case_send(chans[op->c[k].ch], 0);
            cases[k].elem = &value[k];
        } else {
            cases[k] = go_case_recv_ok(chans[op->c[k].ch], &value[k], &ok[k]);
        }
    }
    cases[op->n] = go_case_default;
    op->chosen = go_select_n(cases, (size_t)op->n + op->tries);
    if (op->chosen < op->n) {
        op->value = value[op->chosen];
        op->ok = ok[op->chosen];
    }
}

static bool
closes_at_end(void)
{
    return ops[EACH - 1].kind == CLOSE;
}

static void
works(int me, unsigned pauses)
{
    atomic_fetch_add(&ready, 1);
    while (atomic_load(&ready) < GOROUTINES)
        go_gosched();
    for (int i = me * EACH; i < (me + 1) * EACH; i++) {
        struct op *op = &ops[i];

        // Who closes goes on: others wait for it.
        if (atomic_load(&over) && !(me == 0 && closes_at_end()))
            break;

        for (volatile unsigned k = pauses >> (i % EACH * 8) & 255; k > 0; k--)
            ;
        op->begin = atomic_fetch_add(&ticket, 1);
        switch (op->kind) {
        case SELECT: do_select(op); break;
        case CLOSE: go_close(chans[op->c[0].ch]); break;
        case LEN: op->value = (int)go_len(chans[op->c[0].ch]); break;
        }
        op->end = atomic_fetch_add(&ticket, 1);
    }
    atomic_fetch_add(&ended, 1);
}

// Who sends to a closed channel ends the process. So in some histories one only
// sends, and closes at the end, and others only receive; in the rest nobody
// closes.
static void
make_up(void)
{
    const bool with_close = below(3) == 0;

    for (int ch = 0; ch < CHANS; ch++)
        caps[ch] = below(ROOM + 1);
    for (int i = 0; i < MOST; i++) {
        struct op *op = &ops[i];
        const int what = below(8);

        *op = (struct op){ .kind = what == 0 ? LEN : SELECT, .plain = what < 5,
                           .tries = below(3) == 0, .n = what < 5 ? 1 : 2 + below(2),
                           .begin = NEVER, .end = NEVER };
        for (int k = 0; k < op->n; k++)
            op->c[k] = (struct one){ .send = with_close ? i < EACH : below(2) == 0,
                                     .ch = below(CHANS), .value = i * 10 + k + 1 };
        if (with_close && i >= EACH - 2 && i < EACH)
            *op = (struct op){ .kind = CLOSE, .n = 1, .c = { { .ch = i % CHANS } },
                               .begin = NEVER, .end = NEVER };
    }
}

// Let all go on that wait.
static void
release(void)
{
    int v;

    while (atomic_load(&ended) < GOROUTINES) {
        for (int ch = 0; ch < CHANS; ch++) {
            go_try_recv(chans[ch], &v);
            if (!closes_at_end())
                go_try_send(chans[ch], 0);
        }
        go_gosched();
    }
}

// Returns whether two operations were there at one time.
static bool
overlap(void)
{
    for (int i = 0; i < MOST; i++)
        for (int k = i + 1; k < MOST; k++)
            if (ops[i].begin != NEVER && ops[k].begin != NEVER &&
                ops[i].begin < ops[k].end && ops[k].begin < ops[i].end)
                return true;
    return false;
}

static void
happen(void)
{
    struct go_waitgroup wg = {0};

    for (int ch = 0; ch < CHANS; ch++)
        chans[ch] = go_make_chan(int, caps[ch]);
    atomic_store(&ticket, 0);
    atomic_store(&ready, 0);
    atomic_store(&ended, 0);
    atomic_store(&over, false);
    for (int i = 0; i < GOROUTINES; i++)
        go_waitgroup_go(&wg, works, i, (unsigned)state >> i);

    for (int last = -1, same = 0; atomic_load(&ended) < GOROUTINES && same < 20;) {
        const int now = atomic_load(&ticket);

        same = now == last && now > 0 ? same + 1 : 0;
        last = now;
        go_gosched();
    }
    atomic_store(&over, true);

    const int cut = atomic_fetch_add(&ticket, 1);

    release();
    go_waitgroup_wait(&wg);
    for (int i = 0; i < MOST; i++) {
        if (ops[i].begin > cut)
            ops[i].begin = NEVER;
        if (ops[i].end > cut)
            ops[i].end = NEVER;
    }
    for (int ch = 0; ch < CHANS; ch++)
        go_free_chan(chans[ch]);
}

static int
go_main(int argc, char **argv)
{
    const long wanted = argc > 2 ? atol(argv[2]) : 10000;
    long together = 0;

    if (argc > 1 && strcmp(argv[1], "known") == 0)
        return !known();
    state = argc > 1 ? strtoull(argv[1], NULL, 0) * 0x9e3779b97f4a7c15u + 1 : 1;
    for (long i = 0; i < wanted; i++) {
        make_up();
        happen();
        together += overlap();
        if (!has_an_order(ops, MOST)) {
            printf("history %ld: ", i);
            print(ops, MOST);
            return 1;
        }
    }
    printf("%ld histories, each with an order; in %ld operations overlap\n", wanted,
           together);
    return together == 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
