/** @file 06-chan_model.c  Channels and select against a model, at random.
 *
 *     06-chan_model [SEED [OPERATIONS]]
 *
 * Some workers do what they are told, each an operation on some channels, and
 * may have to wait with it. There is one p: when all have run, each has
 * finished or waits. A model, plain arrays and loops, says who may have
 * finished, with what case and what value. Where select has a choice, what it
 * chose must be one of the choices, and the model follows.
 *
 * One more channel is NULL. It is in tries, and in selects that have another case:
 * who waits for it alone never goes on.
 *
 * A program that fails is made shorter as long as it fails, and then printed.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "goroutine.h"

enum { WORKERS = 5, CHANS = 3, NIL = CHANS, LENGTH = 60, CASES = 3, ROOM = 64 };

enum kind { SEND, RECV, SELECT, TRY, TRY_SELECT, CLOSE, KINDS };

struct one {
    bool send;
    int ch, value;
};

struct op {
    enum kind kind;
    int worker, n;
    struct one c[CASES];
};

// ---- The workers -----------------------------------------------------------

struct worker {
    go_chan(const struct op *) todo;
    atomic_bool busy;           // made false when the rest is written
    int chosen;                 // case, or n for the default
    int value;
    bool ok;
};

static struct worker worker[WORKERS];
static struct go_waitgroup working;
static go_chan(int) chans[CHANS + 1];
static int caps[CHANS + 1];

static int
do_select(struct worker *w, const struct op *op)
{
    struct go_case cases[CASES + 1];
    int value[CASES] = {0}, k;
    bool ok[CASES] = {0};
    const bool tries = op->kind == TRY_SELECT;

    for (int i = 0; i < op->n; i++) {
        const struct one *c = &op->c[i];

        value[i] = c->value;
        if (c->send) {
            cases[i] = go_case_send(chans[c->ch], 0);
            cases[i].elem = &value[i];
        } else {
            cases[i] = go_case_recv_ok(chans[c->ch], &value[i], &ok[i]);
        }
    }
    cases[op->n] = go_case_default;
    k = go_select_n(cases, (size_t)op->n + tries);
    if (k < op->n) {
        w->value = value[k];
        w->ok = ok[k];
    }
    return k;
}

static int
do_try(struct worker *w, int ch, const struct one *c)
{
    if (c->send)
        return !go_try_send(chans[ch], c->value);
    // At the end it says no, too; but then the place is zero.
    w->value = -1;
    w->ok = go_try_recv(chans[ch], &w->value);
    return w->value == -1;
}

static void
works(struct worker *w)
{
    go_range(op, w->todo) {
        const int ch = op->c[0].ch;

        switch (op->kind) {
        case SEND: go_send(chans[ch], op->c[0].value); w->chosen = 0; break;
        case RECV: w->ok = go_recv_ok(chans[ch], &w->value); w->chosen = 0; break;
        case TRY: w->chosen = do_try(w, ch, &op->c[0]); break;
        case CLOSE: go_close(chans[ch]); w->chosen = 0; break;
        default: w->chosen = do_select(w, op);
        }
        w->busy = false;
    }
}

// ---- The model -------------------------------------------------------------

static struct {
    int ring[ROOM], n;
    bool closed;
    int waiting[ROOM], waiters; // workers, by their coming
} model[CHANS + 1];

static const struct op *waits_with[WORKERS];

static bool
waits_to(int w, int ch, bool send)
{
    const struct op *op = waits_with[w];

    for (int i = 0; op != NULL && i < op->n; i++)
        if (op->c[i].ch == ch && op->c[i].send == send)
            return true;
    return false;
}

// The first that waits to send to ch, or to receive; -1 if nobody does.
static int
first_waiter(int ch, bool send)
{
    for (int i = 0; i < model[ch].waiters; i++)
        if (waits_to(model[ch].waiting[i], ch, send))
            return model[ch].waiting[i];
    return -1;
}

static void
leaves(int w)
{
    waits_with[w] = NULL;
    for (int ch = 0; ch < CHANS; ch++) {
        int n = 0;

        for (int i = 0; i < model[ch].waiters; i++)
            if (model[ch].waiting[i] != w)
                model[ch].waiting[n++] = model[ch].waiting[i];
        model[ch].waiters = n;
    }
}

static char wrong[160];

#define EXPECT(x, ...) do { \
    if (!(x) && wrong[0] == '\0') \
        snprintf(wrong, sizeof(wrong), __VA_ARGS__); \
} while (0)

// w, which waited, must have finished with this channel. Returns what it sent.
static int
finished(int w, int ch, bool send, int value, bool ok)
{
    const struct op *op = waits_with[w];
    const bool still = worker[w].busy;
    const int k = worker[w].chosen;
    int sent = 0;

    EXPECT(!still, "worker %d still waits for channel %d", w, ch);
    if (wrong[0] == '\0')
        EXPECT(k >= 0 && k < op->n && op->c[k].ch == ch && op->c[k].send == send,
               "worker %d chose case %d", w, k);
    if (wrong[0] == '\0' && send)
        sent = op->c[k].value;
    if (wrong[0] == '\0' && !send)
        EXPECT(worker[w].value == value && worker[w].ok == ok,
               "worker %d received %d (%d), expected %d (%d)", w,
               worker[w].value, worker[w].ok, value, ok);
    leaves(w);
    return sent;
}

static bool
possible(const struct one *c)
{
    return c->send ? model[c->ch].n < caps[c->ch] || first_waiter(c->ch, false) >= 0
                   : model[c->ch].n > 0 || model[c->ch].closed ||
                         first_waiter(c->ch, true) >= 0;
}

// Worker w has done case c at once.
static void
done_at_once(int w, const struct one *c)
{
    const int ch = c->ch;
    int value = 0, other;
    bool ok = true;

    if (c->send) {
        other = first_waiter(ch, false);
        if (other >= 0)
            finished(other, ch, false, c->value, true);
        else
            model[ch].ring[model[ch].n++] = c->value;
        return;
    }
    other = first_waiter(ch, true);
    if (model[ch].n > 0) {
        value = model[ch].ring[0];
        model[ch].n--;
        memmove(model[ch].ring, model[ch].ring + 1, sizeof(int) * (size_t)model[ch].n);
        if (other >= 0)
            model[ch].ring[model[ch].n++] = finished(other, ch, true, 0, true);
    } else if (other >= 0) {
        value = finished(other, ch, true, 0, true);
    } else {
        ok = false;
    }
    EXPECT(worker[w].value == value && worker[w].ok == ok,
           "worker %d received %d (%d), expected %d (%d)", w, worker[w].value,
           worker[w].ok, value, ok);
}

// What has been done must have been allowed; the model does it, too.
static void
follow(const struct op *op)
{
    const int w = op->worker;
    bool any = false;

    if (op->kind == CLOSE) {
        const int ch = op->c[0].ch;
        int other;

        model[ch].closed = true;
        while ((other = first_waiter(ch, false)) >= 0)
            finished(other, ch, false, 0, false);
        return;
    }
    for (int i = 0; i < op->n; i++)
        any |= possible(&op->c[i]);
    if (any) {
        const bool still = worker[w].busy;
        const int k = worker[w].chosen;

        EXPECT(!still, "worker %d waits, and need not", w);
        if (wrong[0] == '\0')
            EXPECT(k < op->n && possible(&op->c[k]), "worker %d chose case %d", w, k);
        if (wrong[0] == '\0')
            done_at_once(w, &op->c[k]);
        return;
    }
    if (op->kind == TRY || op->kind == TRY_SELECT) {
        EXPECT(!worker[w].busy && worker[w].chosen == op->n,
               "worker %d did what cannot be done", w);
        return;
    }
    EXPECT(worker[w].busy, "worker %d did not wait", w);
    waits_with[w] = op;
    for (int ch = 0; ch < CHANS; ch++)
        if (waits_to(w, ch, true) || waits_to(w, ch, false))
            model[ch].waiting[model[ch].waiters++] = w;
}

// ---- Programs --------------------------------------------------------------

// Whether op makes sense now: its worker is free, and nobody would panic.
static bool
allowed(const struct op *op)
{
    if (worker[op->worker].busy)
        return false;
    for (int i = 0; i < op->n; i++) {
        const int ch = op->c[i].ch;

        if (op->c[i].send && model[ch].closed)
            return false;
        if (op->kind == CLOSE && (model[ch].closed || first_waiter(ch, true) >= 0))
            return false;
    }
    return true;
}

static void
settle(void)
{
    for (int i = 0; i < 3; i++)
        go_gosched();
}

static bool
all_free(void)
{
    for (int w = 0; w < WORKERS; w++)
        if (worker[w].busy)
            return false;
    return true;
}

// Let all go on that wait, and give everything back.
static void
clear(void)
{
    int v;

    for (int i = 0; i < 4 * WORKERS && !all_free(); i++) {
        for (int ch = 0; ch < CHANS; ch++) {
            while (go_try_recv(chans[ch], &v))
                settle();
            if (!model[ch].closed)
                while (go_try_send(chans[ch], 0) && go_len(chans[ch]) == 0)
                    settle();
        }
        settle();
    }
    if (!all_free())
        return;                 // it failed: what is lost is lost
    for (int w = 0; w < WORKERS; w++)
        go_close(worker[w].todo);
    go_waitgroup_wait(&working);
    for (int w = 0; w < WORKERS; w++)
        go_free_chan(worker[w].todo);
    for (int ch = 0; ch < CHANS; ch++)
        go_free_chan(chans[ch]);
}

// Whether this program fails; then `wrong` says how. *did counts operations.
static bool
fails(const struct op *ops, int n, long *did)
{
    wrong[0] = '\0';
    working = (struct go_waitgroup){0};
    memset(model, 0, sizeof(model));
    for (int ch = 0; ch < CHANS; ch++)
        chans[ch] = go_make_chan(int, caps[ch]);
    for (int w = 0; w < WORKERS; w++) {
        waits_with[w] = NULL;
        worker[w].todo = go_make_chan(const struct op *, 0);
        worker[w].busy = false;
        go_waitgroup_go(&working, works, &worker[w]);
    }
    settle();
    for (int i = 0; i < n && wrong[0] == '\0'; i++) {
        const struct op *op = &ops[i];

        if (!allowed(op))
            continue;
        ++*did;
        worker[op->worker].busy = true;
        go_send(worker[op->worker].todo, op);
        settle();
        follow(op);
        for (int ch = 0; ch < CHANS; ch++)
            EXPECT((int)go_len(chans[ch]) == model[ch].n,
                   "channel %d has %zu, expected %d", ch, go_len(chans[ch]),
                   model[ch].n);
        for (int w = 0; w < WORKERS; w++)
            EXPECT(worker[w].busy == (waits_with[w] != NULL), "worker %d %s", w,
                   worker[w].busy ? "waits" : "does not wait");
    }

    const bool bad = wrong[0] != '\0';

    clear();
    return bad;
}

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
make_up(struct op *ops)
{
    for (int ch = 0; ch < CHANS; ch++)
        caps[ch] = below(4);
    for (int i = 0; i < LENGTH; i++) {
        struct op *op = &ops[i];
        // Closing is rare: not much happens afterwards.
        const int kind = below(14);

        op->kind = kind < 3 ? SEND : kind < 6 ? RECV : kind < 9 ? SELECT
                   : kind < 11 ? TRY : kind < 13 ? TRY_SELECT : CLOSE;
        op->worker = below(WORKERS);
        const bool tries = op->kind == TRY || op->kind == TRY_SELECT;

        op->n = op->kind == SELECT || op->kind == TRY_SELECT ? 1 + below(CASES) : 1;
        for (int k = 0; k < op->n; k++)
            op->c[k] = (struct one){
                .send = op->kind == SEND ||
                        (op->kind != RECV && op->kind != CLOSE && below(2) == 0),
                .ch = below(tries || k > 0 ? CHANS + 1 : CHANS),
                .value = i * 10 + k + 1,
            };
    }
}

// Leave out what can be left out. Select's choices differ from time to time,
// so a program has some tries to fail.
static int
shrink(struct op *ops, int n)
{
    struct op less[LENGTH];
    long did = 0;

    for (int i = n; i-- > 0;) {
        bool still = false;

        memcpy(less, ops, sizeof(less[0]) * (size_t)i);
        memcpy(less + i, ops + i + 1, sizeof(less[0]) * (size_t)(n - i - 1));
        for (int k = 0; k < 20 && !still; k++)
            still = fails(less, n - 1, &did);
        if (still)
            memcpy(ops, less, sizeof(less[0]) * (size_t)--n);
    }
    return n;
}

static void
print(const struct op *ops, int n)
{
    static const char *const name[KINDS] = {
        "send", "recv", "select", "try", "select or default", "close",
    };

    static const char *const channel[CHANS + 1] = { "0", "1", "2", "nil" };

    for (int ch = 0; ch < CHANS; ch++)
        printf("channel %d: capacity %d\n", ch, caps[ch]);
    for (int i = 0; i < n; i++) {
        printf("worker %d: %s", ops[i].worker, name[ops[i].kind]);
        for (int k = 0; k < ops[i].n; k++)
            if (ops[i].c[k].send)
                printf(" %d->%s", ops[i].c[k].value, channel[ops[i].c[k].ch]);
            else
                printf(" <-%s", channel[ops[i].c[k].ch]);
        printf("\n");
    }
}

static int
go_main(int argc, char **argv)
{
    const long wanted = argc > 2 ? atol(argv[2]) : 10000;
    static struct op ops[LENGTH];
    long did = 0;

    state = argc > 1 ? strtoull(argv[1], NULL, 0) * 0x9e3779b97f4a7c15u + 1 : 1;
    go_gomaxprocs(1);
    while (did < wanted) {
        make_up(ops);
        if (!fails(ops, LENGTH, &did))
            continue;

        char first[sizeof(wrong)];

        strcpy(first, wrong);

        int n = shrink(ops, LENGTH);

        printf("after %ld operations: %s\nshrunk to %d:\n", did, first, n);
        print(ops, n);
        return 1;
    }
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
